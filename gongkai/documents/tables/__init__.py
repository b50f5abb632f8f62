"""Read lists (CSV, XLSX) as a header and rows that know their line."""

from gongkai.documents.tables.reading import read_table
from gongkai.documents.tables.table import Row, Table

__all__ = ["Row", "Table", "read_table"]
