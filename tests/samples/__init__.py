"""The tool that writes the synthetic sample region, and its tests. Beside the product: no command
of it reads this."""
