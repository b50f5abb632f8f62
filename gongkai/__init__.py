"""Gongkai 公开: disclosure, from the duty in the catalogue to the annual report."""

__version__ = "0.1.0"
