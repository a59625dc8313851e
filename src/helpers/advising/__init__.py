"""Advising: what to do beside publishing, what remains before it, what candidates share; what is
known of each, and what its rows answer (``answers``)."""
