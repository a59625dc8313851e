"""What each kind of container holds beside the cells of its tables, handed over whole: one module
for each kind, and those that look into a text or into bytes."""
