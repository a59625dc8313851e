"""What the evidence about two rows says: that they are likely one object, possibly, or not. The
numbers are those of ``measures``."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.filling_in.merging import measures
from helpers.filling_in.merging.likeness import Likeness
from helpers.filling_in.merging.measures import Identity, Telling

VERDICTS = ("likely", "possible", "not")
AGREE, DIFFER, UNKNOWN = "agree", "differ", "unknown"


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against. ``metres`` between them, None where one has no position;
    outcomes of who made it, when, what it is, and identities that others gave."""

    name: Likeness
    metres: float | None
    maker: str = UNKNOWN
    year: str = UNKNOWN
    kind: str = UNKNOWN
    known: str = UNKNOWN


def judge(found: Evidence, telling: Telling) -> tuple[str, str]:
    """The verdict and why, by the evidence alone."""
    limits = measures.known().identity
    if found.known == AGREE:
        return ("possible" if found.name.kind == "apart" else "likely"), "known"
    if found.known == DIFFER:
        return "not", "known_differs"
    if found.name.kind == "apart":
        return "not", "apart"
    if found.metres is not None and found.metres <= limits.near_m.value:
        return _near(found, telling, limits)
    return _far(found, telling, limits)


def _near(found: Evidence, telling: Telling, limits: Identity) -> tuple[str, str]:
    """Of two rows in one place."""
    if not found.name.strong and not found.name.weak:
        return _renamed(found, telling, limits)
    if found.maker == DIFFER:
        return ("possible", "near_maker_differs") if found.name.strong else ("not", "two_here")
    if found.maker == AGREE and (found.name.strong or found.year == AGREE):
        return "likely", "near"
    if found.maker == UNKNOWN and DIFFER in (found.year, found.kind):
        return ("possible", "near_differs") if found.name.strong else ("not", "two_here")
    return ("likely", "near") if found.name.strong else ("possible", "near_alike")


def _renamed(found: Evidence, telling: Telling, limits: Identity) -> tuple[str, str]:
    """Of two rows in one place with other names: never more than possible, as an artist may have
    made two works for one square in one year."""
    metres = found.metres or 0.0
    if found.maker == AGREE and found.year != DIFFER:
        near = limits.near_m if found.year == AGREE else limits.spot_m
        if metres <= near.value:
            return "possible", "renamed"
    placed = telling.maker is None and metres <= limits.point_m.value
    if placed and DIFFER not in (found.year, found.kind):
        return "possible", "one_point"
    return "not", "two_here"


def _far(found: Evidence, telling: Telling, limits: Identity) -> tuple[str, str]:
    """Of two rows in different places, or one of them in none that is known."""
    if not found.name.strong and not found.name.weak:
        return "not", "nothing"
    if DIFFER in (found.maker, found.year):
        return "not", "another_of_that_name"
    reachable = found.metres is None or found.metres <= limits.moved_m.value
    moved = "unplaced" if found.metres is None else "moved"
    if found.maker == AGREE and found.year == AGREE:
        return ("likely" if found.name.strong and reachable else "possible"), moved
    if found.maker == AGREE and found.name.strong and reachable:
        return "possible", moved
    within = found.metres is not None and found.metres <= limits.far_m.value
    if within and found.name.strong and found.kind != DIFFER:
        return "possible", "not_far"
    return "not", "another_place"
