"""Schemas that others wrote for a table (Frictionless Table Schema, CSV on the Web), taken as they
are."""
