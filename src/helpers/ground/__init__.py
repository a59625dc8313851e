"""Ground: where things lie: coordinate systems, municipalities, borders, squares."""
