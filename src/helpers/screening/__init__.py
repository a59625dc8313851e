"""Screening: which columns hold personal data. Comes right after reading; its marks bind every later stage."""
