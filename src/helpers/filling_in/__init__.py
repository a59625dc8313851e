"""Filling in: forms for people: the inventory as a spreadsheet, a new entry, an empty table to
start from."""
