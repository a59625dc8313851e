"""Screening: which columns hold personal data. Comes right after reading; its marks bind every
later stage."""

from helpers.screening.gate import gate
from helpers.screening.screen import screen

__all__ = ["gate", "screen"]
