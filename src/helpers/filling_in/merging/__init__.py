"""The same type from several organisations as one table in its specification's form, each row of
which leads back to file and row."""
