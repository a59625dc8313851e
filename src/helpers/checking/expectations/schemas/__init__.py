"""What a schema of others asks (``helpers.declared.schemas``): each rule carries its field."""
