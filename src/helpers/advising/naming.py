"""Who is named where organisations are compared: those that have agreed, or whose data are all made
up; nobody else, neither as a label nor inside the name of a system."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from helpers.declared import organisations
from helpers.words import escaping
from helpers.words.folding import fold
from helpers.words.messages import LANGUAGES, text
from helpers.words.personal import hiding

Plain = dict[str, Any]
Both = dict[str, str]
UNKNOWN = "okand"  # the kind of an organisation that nobody has named
LONGEST = 80  # letters of a name that are shown
INSIDE = 5  # letters of a name that is found inside a word too
# what is said with the name and does not tell one organisation from another
_KINDS = frozenset(("kommun", "kommuns", "kommuner", "region", "regionen", "stad", "stads", "och"))


def own(candidates: Iterable[Plain]) -> str | None:
    """The id of the organisation whose results these are: the known one that more than half of the
    candidates belong to; None where there is none."""
    owners = [candidate["organisation"] for candidate in candidates]
    counted = Counter(owner["id"] for owner in owners if owner["kind"] != UNKNOWN)
    most = counted.most_common(1)
    return most[0][0] if most and 2 * most[0][1] > len(owners) else None


def _stems(name: str, *, parts_too: bool = False) -> frozenset[str]:
    """What tells an organisation in a text: its places, folded, without the s of the genitive.
    ``parts_too``: the longer words of a place of several words as well."""
    parts = [
        "".join(fold(word) for word in re.split(r"[\s\-_,]+", part) if fold(word) not in _KINDS)
        for part in re.split(r"\boch\b|,", name, flags=re.IGNORECASE)
    ]
    if parts_too:
        words = [fold(word) for word in re.split(r"[\s\-_,]+", name)]
        parts += [word for word in words if len(word) >= INSIDE and word not in _KINDS]
    return frozenset(form for part in parts if part for form in (part, part.removesuffix("s")))


@dataclass(frozen=True)
class Names:
    """``labels``: organisation id -> its name, or "Kommun A". ``inside``: what names somebody who
    has not agreed, also as a part of a word; ``words``: the same as whole words."""

    labels: dict[str, Both]
    hidden: frozenset[str]  # ids
    inside: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    numbers: dict[str, int] = field(default_factory=dict)  # of hidden names of systems, folded

    def tells(self, name: str) -> bool:
        """True where the text names an organisation that has not agreed to be named."""
        return _tells(name, self.inside, self.words)

    def system(self, name: str) -> Both:
        """A system's or a supplier's name as it may be shown; a number in its place where it names
        somebody. The same name has the same number."""
        if not self.tells(name):
            return dict.fromkeys(LANGUAGES, shortened(name))
        number = self.numbers.get(fold(name), 0)
        return {one: text("between.hidden_system", one, number=number) for one in LANGUAGES}


def shortened(name: str) -> str:
    """A name for display: on one line, without what looks personal, at most ``LONGEST`` letters."""
    shown = " ".join(escaping.shown(hiding.hide(name)).split())
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1].rstrip()}…"


def _tells(name: str, inside: frozenset[str], words: frozenset[str]) -> bool:
    whole = fold(name)
    if any(stem in whole for stem in inside):
        return True
    said = [fold(word) for word in re.split(r"[^\w]+|_", name)]
    pairs = [first + second for first, second in pairwise(said)]
    return any({word, word.removesuffix("s")} & words for word in (*said, *pairs) if word)


def _forbidden(
    known: dict[str, Plain], shown: Iterable[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """What names those who have not agreed: of these results also inside a word, of all others in
    Sweden as whole words."""
    agreed = frozenset(shown)
    allowed: set[str] = set()
    for id in agreed:
        declared = organisations.organisation(id)
        name = known[id]["name"] if declared is None else declared.name
        allowed |= _stems(name, parts_too=True) | _stems(id, parts_too=True)
    hidden = {
        stem
        for id, owner in known.items()
        if id not in agreed
        for name in (owner["name"], id)
        for stem in _stems(name, parts_too=True)
    }
    others = {
        stem
        for id, one in organisations.organisations().items()
        if id not in agreed and fold(one.name.split()[0]) not in organisations.WORDS
        for stem in _stems(one.name)
        if len(stem) > 2
    }
    hidden -= allowed
    inside = frozenset(stem for stem in hidden if len(stem) >= INSIDE)
    return inside, frozenset((hidden | others) - allowed)


def _agreed(candidates: list[Plain], *, named: bool, ours: str | None) -> dict[str, bool]:
    """Organisation id -> whether it may be named: every candidate of it must say so."""
    says: dict[str, bool] = {}
    made_up: dict[str, bool] = {}
    for candidate in candidates:
        owner = candidate["organisation"]
        says[owner["id"]] = says.get(owner["id"], True) and owner["named_in_public"]
        made_up[owner["id"]] = made_up.get(owner["id"], True) and candidate["synthetic"]
    return {id: named or id == ours or says[id] or made_up[id] for id in says}


def names(
    candidates: Iterable[Plain], *, named: bool = False, ours: str | None = None, salt: str = ""
) -> Names:
    """Who is named. Who compares is ``ours`` and reads its own name.

    The letters follow a checksum of the ids and of ``salt``, so that A is not the first in a list
    of names, and that nobody who knows who takes part can work out which is which.
    """
    some = list(candidates)
    known = {candidate["organisation"]["id"]: candidate["organisation"] for candidate in some}
    agreed = _agreed(some, named=named, ours=ours)
    inside: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    shown = [id for id in known if agreed[id]]
    if not named:
        inside, words = _forbidden(known, shown)
        # a name that names somebody else is none
        shown = [id for id in shown if not _tells(known[id]["name"], inside, words)]
    labels = {id: dict.fromkeys(LANGUAGES, shortened(known[id]["name"])) for id in shown}
    hidden = _shuffled((id for id in known if id not in labels), salt)
    kinds = Counter(known[id]["kind"] for id in hidden)
    for number, id in enumerate(hidden):
        kind = known[id]["kind"]
        # there is but one region in a county: the word alone would name it
        kind = kind if kind == "kommun" or kinds[kind] > 1 else UNKNOWN
        labels[id] = {
            one: f"{text(f'between.kind.{kind}', one)} {_letters(number)}" for one in LANGUAGES
        }
    systems = {
        fold(name)
        for candidate in some
        for name in (candidate["system"], candidate.get("supplier"))
        if name and _tells(name, inside, words)
    }
    numbers = {name: number for number, name in enumerate(_shuffled(systems, salt), start=1)}
    return Names(labels, frozenset(hidden), inside, words, numbers)


def _shuffled(ids: Iterable[str], salt: str) -> list[str]:
    """In an order that the ids alone do not tell."""
    return sorted(
        ids, key=lambda id: hashlib.sha256(f"{salt}{id}".encode("utf-8", "replace")).hexdigest()
    )


def _letters(number: int) -> str:
    """0, 1 ... 25, 26 -> A, B ... Z, AA."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(65 + last)


def alphabet(label: str) -> str:
    """What a label is sorted by: from A to Ö."""
    return label.lower().translate(str.maketrans("åäö", "{|}"))
