"""All that a container holds beside the cells of its tables, found as the complement: everything is
walked, and only what became a cell is left out. One module for each kind of container, and those
that look into a text or into bytes."""
