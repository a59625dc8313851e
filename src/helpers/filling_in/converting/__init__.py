"""A table in the form of a specification: what somebody's own, an older or a regional layout
becomes in the national one, and what could not be decided on the way."""
