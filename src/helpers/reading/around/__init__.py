"""What surrounds the tables of a format: one module for each container, walked whole, of which all
that became no cell is handed over."""
