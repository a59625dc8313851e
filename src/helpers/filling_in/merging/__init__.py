"""Rows of one type from several organisations as one dataset: what is the same object, and what
only the whole can show."""
