"""Pages of the annual reports."""
