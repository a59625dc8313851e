"""Across tables: one supplier under several numbers or names, and one object in two organisations'
tables. Shown, never scored.

``facts`` says what is kept of one table (keyed hashes, rows, positions; no name and no number);
``comparing`` finds what several tables share from these alone. ``comparing`` imports no DuckDB, so
that a run whose results are kept needs none.
"""
