"""Digits belong together where nothing but one separator stands between them: a run is groups of
digits and what parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# A comma with a blank parts two things in a list; a comma alone may part thousands.
_PARTED = r"\s{0,2}[-+/]{1,2}\s{0,2}|\s{1,3}|[._:,'|~*\\]"
_RUN = re.compile(rf"[0-9]+(?:(?:{_PARTED})[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
LEAST = 7  # digits: a number whose first three, all noughts, are lost


@dataclass(frozen=True)
class Run:
    """``groups`` of digits with their ``starts``; ``parted[i]`` stands between group i and the
    next. In ``plain``."""

    plain: str
    groups: list[str]
    starts: list[int]
    parted: list[str]

    def start(self, first: int) -> int:
        return self.starts[first]

    def end(self, last: int) -> int:
        return self.starts[last] + len(self.groups[last])

    def before(self, first: int) -> str:
        """What parts the group from the one before, "" where there is none."""
        return self.parted[first - 1] if first else ""

    def after(self, last: int) -> str:
        return self.parted[last] if last < len(self.parted) else ""

    def noughts(self, last: int) -> int:
        """The group after ``last`` where it is the decimals of a spreadsheet's whole number (``.0``
        or ``,00``), else ``last``."""
        more = self.after(last) in (".", ",") and self.groups[last + 1] in ("0", "00")
        return last + 1 if more else last

    def tails(self, last: int) -> bool:
        """True where ``last`` (and decimals of noughts) goes on as decimals do."""
        return self.after(self.noughts(last)) in (".", ",")


def runs(plain: str) -> Iterator[Run]:
    """The runs of a plain text that have as many digits as the shortest number."""
    for hit in _RUN.finditer(plain):
        if hit.end() - hit.start() < LEAST:
            continue
        if hit.group().isdigit():
            yield Run(plain, [hit.group()], [hit.start()], [])
            continue
        found = list(_GROUP.finditer(plain, hit.start(), hit.end()))
        ends = [(one.end(), other.start()) for one, other in pairwise(found)]
        yield Run(
            plain,
            [one.group() for one in found],
            [one.start() for one in found],
            [plain[start:end] for start, end in ends],
        )
