"""Deliveries: the same file as it was last time."""
