"""Declared: what people have written down: the catalogue, specifications, organisations, agencies,
roles."""
