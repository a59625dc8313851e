"""What the catalogue says is published is looked at where it lies: ``datakollen watch`` (decision
0028)."""
