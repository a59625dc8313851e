"""Cells: what one value of a column may be, or all values of it together."""
