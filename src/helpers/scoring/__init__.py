"""Scoring: points by criteria and weights, the order they give, how sure it is and what would
change it. Sees no data."""
