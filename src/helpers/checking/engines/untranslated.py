"""What another engine cannot be asked: raised with the name of the reason, never shown as it is."""

from __future__ import annotations


class Untranslated(Exception):
    """``reason``: the key of a text below ``engines.reason``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
