"""What the columns and the rows of a table have to do with each other: keys, dependencies, rows and
texts that are nearly alike, associations, cells that are empty together."""
