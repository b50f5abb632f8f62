"""The law as data: calendar, citations, catalogues, limits, duties. Pure: no Django, clock or network."""

from gongkai.statute.load import law, load_law

__all__ = ["law", "load_law"]
