"""An error says what, where, expected, found, and the next step; its text comes from ``messages``
in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpers.words import escaping, voice
from helpers.words.faults import Faults
from helpers.words.personal import hiding


@dataclass
class DatakollenError(Exception):
    """Base of all errors meant for a person. ``key`` is a message key; ``values`` fill it.

    The message ``<key>`` says what, where, expected, found; ``<key>.next`` says what to do next.
    Never put a raw cell into ``values``: name the row and the column, or show its shape. A text
    among them is said without what looks personal in it, as a file's name may hold a person's.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    exit_code = 4

    def text(self, language: str = "sv") -> str:
        """What is said, and what to do next, in one language."""
        try:
            return self._said(language)
        # a file of messages is not right itself: nothing can be said in words
        except ConfigurationError as broken:
            faults = [
                value
                for error in (self, broken)
                for value in error.values.values()
                if isinstance(value, Faults)
            ]
            return "\n".join([self.key, *(group.bare() for group in faults)])

    def _said(self, language: str) -> str:
        values = {
            name: value.said(language)
            if isinstance(value, Faults)
            else escaping.one_line(hiding.shown(value))
            for name, value in self.values.items()
        }
        message = voice.said(self.key, language, **values)
        following = voice.said(self.key + ".next", language, default="", **values)
        return escaping.shown(f"{message} {following}".strip())

    def __str__(self) -> str:
        return self.text("sv")


class ConfigurationError(DatakollenError):
    """Wrong usage or configuration (exit 2)."""

    exit_code = 2


class InputRefused(DatakollenError):
    """A file that cannot be read whole and truthfully (exit 3)."""

    exit_code = 3


class Stopped(DatakollenError):
    """The gate stops what was asked for (exit 1)."""

    exit_code = 1


class Busy(DatakollenError):
    """Another process is doing the same (exit 5)."""

    exit_code = 5


class ComputationFailed(DatakollenError):
    """Something could not be computed (exit 4)."""
