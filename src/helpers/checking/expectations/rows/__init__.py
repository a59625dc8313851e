"""Rows: columns of a row beside each other, and rows that are alike."""
