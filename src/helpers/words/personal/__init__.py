"""What looks personal in a text by itself, whatever column it stands in: names, e-mail addresses,
telephone numbers. How much a hit weighs in a column says screening."""
