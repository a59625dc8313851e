"""What a picture of each column shows, computed from the tables: marks with their counts, never a
value of a marked column."""
