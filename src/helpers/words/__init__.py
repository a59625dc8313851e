"""Words: every sentence the product says, how it is escaped, and how files of ours are opened, read
strictly and written."""
