"""Whether what is published is as new as it is said to be, and what that rests on; what cannot be
known is unknown, never fine.

The limit is that of ``dates_to_be_fresh``: twice the interval that the catalogue declares. Old is
what one witness says is old; new is what one says is new and none old. A server's date says when
its file was changed: a copy that was put back is as new as that, and it is told so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.checking.expectations.cells.dates_to_be_fresh import DAYS
from helpers.checking.findings import Finding

INTERVALS = 2
FRESH, STALE, UNKNOWN = "fresh", "stale", "unknown"
RULE = "_fresh"  # what the ids of rules end with that hold the newest date to the frequency
IRREGULAR = ("IRREG", "NEVER", "OTHER", "NOT_PLANNED", "AS_NEEDED", "UNKNOWN")


@dataclass(frozen=True)
class Freshness:
    """``verdict``: fresh, stale or unknown. ``rests_on``: ``data`` (their own newest date),
    ``server`` (its date of the file), ``same`` or ``changed`` (what was seen before); where it is
    unknown why: ``no_frequency``, ``irregular``, ``not_understood`` or ``nothing``. ``day``: the
    day that it rests on; ``days``: the interval that is declared."""

    verdict: str
    rests_on: str
    day: dt.date | None = None
    days: int | None = None


@dataclass(frozen=True)
class Seen:
    """What earlier looks say of the very bytes that lie there now: since which day they have lain
    there; ``changed``: they were others before that."""

    since: dt.date
    changed: bool = False


def code(frequency: str | None) -> str:
    """The code of a frequency, also of an IRI; "" where nothing is said."""
    return (frequency or "").strip().rpartition("/")[2].upper()


def of_data(findings: Iterable[Finding]) -> str | None:
    """What the data's own newest date says by the rules that hold it to the frequency; None where
    none could be asked."""
    asked = {one.outcome for one in findings if one.id.endswith(RULE)}
    if "failed" in asked:
        return STALE
    return FRESH if "passed" in asked else None


def judged(
    frequency: str | None,
    today: dt.date,
    data: str | None,
    modified: dt.datetime | None,
    seen: Seen | None,
) -> Freshness:
    """The verdict of all witnesses. ``data``: of ``of_data``; ``modified``: the server's date;
    ``seen``: of earlier looks."""
    said = code(frequency)
    if said not in DAYS:
        why = "no_frequency" if not said or said == "UNKNOWN" else "irregular"
        return Freshness(UNKNOWN, why if said in ("", *IRREGULAR) else "not_understood")
    days = DAYS[said]
    limit = today - dt.timedelta(days=INTERVALS * days)
    day = modified.astimezone().date() if modified else None
    if data == STALE:
        return Freshness(STALE, "data", None, days)
    if day is not None and day < limit:
        return Freshness(STALE, "server", day, days)
    if seen is not None and seen.since < limit:
        return Freshness(STALE, "same", seen.since, days)
    if data == FRESH:
        return Freshness(FRESH, "data", None, days)
    if seen is not None and seen.changed:
        return Freshness(FRESH, "changed", seen.since, days)
    if day is not None:
        return Freshness(FRESH, "server", day, days)
    return Freshness(UNKNOWN, "nothing", None, days)
