"""How much of a table is compared, and from where on something is said at all."""

SAMPLE = 50_000  # rows of a larger table
LEAST_ROWS = 20  # of fewer nothing is told
COLUMNS = 200  # of a table
COMPARED = 30  # columns of which associations are reckoned: 435 pairs
LEAST = 30  # rows that both columns of an association are filled on
