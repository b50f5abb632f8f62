"""Benchmarks: one line of JSON per figure, on data of their own; never a timed test."""
