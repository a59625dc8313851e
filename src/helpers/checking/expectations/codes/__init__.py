"""Codes: numbers and signs that others have given: municipalities, organisations, aids."""
