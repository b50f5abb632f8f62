"""Acts on annual reports."""
