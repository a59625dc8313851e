"""Points: where things lie."""
