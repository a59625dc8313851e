"""Advising: what to do beside publishing, what remains before it, what candidates share; and what
is known of each."""
