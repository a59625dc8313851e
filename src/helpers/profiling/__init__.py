"""Profiling: what stands in each column, and who the rows say that the publisher is: counts and
shapes, never values."""
