"""A fault of a file that people write, and how it is said: ``file:line:column: place: what is
wrong``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpers.words import escaping, voice
from helpers.words.personal import hiding

FATAL = frozenset(
    "absent alias binary character deep documents encoding folder json large link many"
    " other_encoding syntax tab unreadable".split()
)

MOST = 100  # faults that are said one by one


@dataclass(frozen=True)
class Fault:
    """One fault. ``line`` and ``column`` from 1 (0 and None where only the path is known).

    ``kind`` is a key under ``files.fault``; ``place`` a dotted path.
    """

    file: str
    line: int
    kind: str
    place: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    column: int | None = None

    @property
    def fatal(self) -> bool:
        """True where nothing else of the file could be understood."""
        return self.kind in FATAL

    def said(self, language: str) -> str:
        """The fault in words, its file, line, column and place before them."""
        where = ":".join(
            [
                escaping.one_line(hiding.hide(self.file)),
                *(str(number) for number in (self.line, self.column) if number),
            ]
        )
        values = {
            name: escaping.one_line(hiding.shown(value)) for name, value in self.values.items()
        }
        what = voice.said(f"files.fault.{self.kind}", language, **values)
        place = escaping.one_line(hiding.hide(self.place)[:200])
        return escaping.shown(": ".join(part for part in (where, place, what) if part))


class Faults(tuple[Fault | str, ...]):
    """Faults as one value of an error: a line for each, in the language that the error is said
    in."""

    __slots__ = ()

    def said(self, language: str) -> str:
        """A line for each, at most 100, and how many more there are."""
        lines = [
            hiding.hide(fault) if isinstance(fault, str) else fault.said(language)
            for fault in self[:MOST]
        ]
        return "\n".join([*lines, f"… (+{len(self) - MOST})"] if len(self) > MOST else lines)

    def bare(self) -> str:
        """Where and of which kind, without words: for the case that a file of messages is the one
        with faults."""
        return "\n".join(
            hiding.hide(fault)
            if isinstance(fault, str)
            else f"{hiding.hide(fault.file)}:{fault.line}: {fault.kind}"
            for fault in self
        )
