"""Ground: where things lie: coordinate systems, municipalities and their land, squares."""
