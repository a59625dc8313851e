"""SHACL of DCAT-AP-SE, made of what its form asks for; and the European shapes beside it."""
