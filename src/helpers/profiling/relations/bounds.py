"""How much of a table is compared, and from where on something is said at all."""

SAMPLE = 50_000  # rows of a larger table
LEAST_ROWS = 20  # of fewer nothing is told
COLUMNS = 60  # the first of a table
WHOLE = 200  # columns of a table whose rows are held beside each other
IN_PAIRS, IN_TRIPLES = 20, 12  # the most varied columns, of which keys of two and three are made
IN_TWO = 40  # columns: in a wider table rows that differ in two are not sought
COMPARED = 30  # columns of which associations are reckoned: 435 pairs
LEAST = 30  # rows that both columns of an association are filled on
