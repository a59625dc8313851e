"""The files of a package that hold data: the table as its specification has it, a map and a
columnar file beside it where they are of use, and what says of its columns what they are."""
