"""The source as a whole, where no cell is to blame."""
