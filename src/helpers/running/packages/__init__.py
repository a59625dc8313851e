"""Packages to publish: the file, its metadata and what people do with them, of one candidate, of an
organisation, of the region."""
