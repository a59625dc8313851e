"""One published candidate is looked at: fetched into the private store, read, screened and checked
there, and compared with the last package and the last look. Nothing of a cell leaves it.

What is wrong is a code of ``WRONG``, or of ``fetching.FAULTS``, with what fills its sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.advising import nights
from helpers.advising.nights import Moves, State
from helpers.checking.findings import SEVERITIES, Finding
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.running.watching import fetching, freshness, published, remembering
from helpers.running.watching.fetching import Answer, Limits
from helpers.running.watching.freshness import Freshness
from helpers.running.watching.published import Published
from helpers.running.watching.remembering import Memory, Seen
from helpers.words import guarding
from helpers.words.source_text import SourceText

WRONG = (
    *("no_address", "draft", "login", "page", "empty", "unread", "not_computed", "stopped"),
    *("columns", "rows_gone", "not_the_package", "stale", "findings"),
)
FIRST, SAME, CHANGED, NOT_LOOKED = "first", "same", "changed", "not_looked"
HEAD = 200_000  # bytes of a page that are looked at
PAGE = re.compile(rb"\s*(<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(!doctype\s+html|html)\b", re.I | re.S)
ASKS_WHO = re.compile(rb"type\s*=\s*[\"']?password", re.I)
LOGIN = re.compile(r"/(adfs|saml2?|oauth2?|sso|log-?in|logga-?in|sign-?in|auth)\b", re.I)
HALF = 0.5  # fewer rows than this share of those before are told
BY_MEDIA_TYPE = {
    "text/csv": ".csv",
    "application/geo+json": ".geojson",
    "application/json": ".json",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
SEVERE = tuple(SEVERITIES.index(name) for name in ("critical", "warning"))


@dataclass(frozen=True)
class Fault:
    """``values`` fill its sentence: counts, days, names as they may be shown; mappings by
    language."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What was seen of one candidate. ``content``: first, same, changed or not_looked; ``notes``
    are told and nothing is wrong by them; ``seen``: what is remembered of the file."""

    published: Published
    answer: Answer | None = None
    content: str = NOT_LOOKED
    freshness: Freshness | None = None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    seen: Seen | None = None
    before: Memory = field(default_factory=Memory)
    moves: Moves = field(default_factory=Moves)

    @property
    def unreached(self) -> bool:
        """True where nothing at all answered, so that it may be our own network."""
        return self.answer is not None and self.answer.fault in fetching.NO_NETWORK


@dataclass(frozen=True)
class Looking:
    """How it is looked: ``store`` is private and remembers; the ``worker`` computes."""

    store: Store
    worker: Worker | None
    today: dt.date
    limits: Limits = field(default_factory=Limits)


def look(one: Published, before: Memory, how: Looking) -> Look:
    """Look at one. ``OSError`` and ``ConfigurationError`` where the private store cannot be
    written; all else is told of the candidate."""
    blank = Look(one, before=before, notes=_notes(one))
    if one.address is None:
        return replace(blank, faults=(Fault("draft" if one.package.draft else "no_address"),))
    with how.store.work() as place:
        file = place / f"{one.entry.id}{published.suffix(one.address)}"
        answer = fetching.fetched(one.address, file, how.limits)
        said = replace(blank, answer=answer)
        if answer.moved:
            to = {"address": _safe(answer.path[-1]), "count": len(answer.path) - 1}
            said = replace(said, notes=(*said.notes, Fault("moved", to)))
        if answer.fault:
            return replace(said, faults=(_refused(answer, how),))
        if one.national:
            return said
        return _inside(said, _named(file, answer), how)


def _safe(text: str) -> str:
    return str(SourceText(text))


def _notes(one: Published) -> tuple[Fault, ...]:
    said = {"national": one.national, "package_unread": one.package.unread}
    return tuple(Fault(kind) for kind, holds in said.items() if holds)


def _refused(answer: Answer, how: Looking) -> Fault:
    megabytes, seconds = round(how.limits.size / 1e6), round(how.limits.seconds)
    values = {"status": answer.status, "most": megabytes, "seconds": seconds}
    return Fault(answer.fault, values | {"redirects": how.limits.redirects})


def _named(file: Path, answer: Answer) -> Path:
    """The file with an ending that says what it is, where the address had none that does."""
    kind = BY_MEDIA_TYPE.get(answer.media_type)
    if file.suffix in published.ENDINGS or kind is None:
        return file
    return file.rename(file.with_suffix(kind))


def _inside(said: Look, file: Path, how: Looking) -> Look:
    """Look into what came."""
    assert said.answer is not None
    if not said.answer.size:
        return replace(said, faults=(Fault("empty"),))
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    if PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return _page(said, head)
    entry = said.published.entry.model_copy(update={"source": None})
    store = Store(file.parent / "read", lasting=False)
    try:
        opened = Opened(file, entry=entry, store=store, worker=how.worker, twice=False)
        return _read(said, opened, how.today)
    except Exception as error:  # this file's own trouble: the others are looked at
        told = guarding.of_file(error, file)
        kind = "unread" if told.exit_code == guarding.INPUT else "not_computed"
        why = {language: told.text(language) for language in ("sv", "en")}
        return replace(said, faults=(Fault(kind, {"why": why}),))
    finally:
        store.forget_tables()


def _page(said: Look, head: bytes) -> Look:
    """A page came. It is right only where the entry names a page about the data."""
    assert said.answer is not None
    if ASKS_WHO.search(head) or any(LOGIN.search(place) for place in said.answer.path[1:]):
        return replace(said, faults=(Fault("login"),))
    if said.published.file or said.before.file is not None:
        return replace(said, faults=(Fault("page"),))
    return replace(said, notes=(*said.notes, Fault("page_only")))


def _read(said: Look, opened: Opened, today: dt.date) -> Look:
    assert said.answer is not None and opened.snapshot is not None
    main, before = opened.snapshot.main, said.before.file
    answer, day = said.answer, today.isoformat()
    same = before is not None and before.sha256 == answer.sha256
    old = before.state if before else None
    state = State("fri", rules=nights.rules(opened.findings, main.name, old, day))
    seen = Seen(
        day=day,
        since=before.since if before and same else day,
        changed=before is not None and (before.changed or not same),
        sha256=answer.sha256,
        size=answer.size,
        rows=main.rows,
        columns=tuple(_safe(column.name) for column in main.columns),
        format=opened.snapshot.format,
        state=state,
    )
    witness = freshness.Seen(dt.date.fromisoformat(seen.since), seen.changed)
    fresh = freshness.judged(
        opened.frequency, today, freshness.of_data(opened.findings), answer.modified, witness
    )
    moves = nights.moves(old, state)
    made = replace(
        said,
        seen=seen,
        freshness=fresh,
        moves=moves,
        content=FIRST if before is None else SAME if same else CHANGED,
    )
    return replace(made, faults=tuple(_faults(made, opened)))


def _faults(said: Look, opened: Opened) -> list[Fault]:
    """What is wrong with a file that was read."""
    one, seen = said.published, said.seen
    assert said.answer is not None and seen is not None
    found = []
    reasons = [one for one in opened.gate.reasons if one.level == "stopp"] if opened.gate else []
    if reasons:
        why = {name: reasons[0].message[name].rstrip(".") for name in ("sv", "en")}
        found.append(Fault("stopped", {"why": why, "count": len(reasons)}))
    if not seen.rows:
        found.append(Fault("empty"))
    found += _columns(said)
    if said.before.file and 0 < seen.rows < HALF * said.before.file.rows:
        values = {"rows": seen.rows, "before": said.before.file.rows}
        found.append(Fault("rows_gone", values | {"day": said.before.file.day}))
    if one.checksum and one.checksum.lower() != said.answer.sha1:
        found.append(Fault("not_the_package"))
    if said.freshness and said.freshness.verdict == freshness.STALE:
        found.append(Fault("stale"))
    return found + _new(said, opened.findings)


def _columns(said: Look) -> list[Fault]:
    """Columns that are gone or new, against the package where it says which they are, else against
    the last look."""
    assert said.seen is not None
    package = said.published.package.columns
    by_package = bool(package) and said.seen.format == "csv"
    before = tuple(map(_safe, package)) if by_package else ()
    if not by_package and said.before.file:
        before = said.before.file.columns
    if not before:
        return []
    gone = [name for name in before if name not in said.seen.columns]
    new = [name for name in said.seen.columns if name not in before]
    values = {"gone": gone, "new": new, "than": "package" if by_package else "look"}
    return [Fault("columns", values)] if gone or new else []


def _new(said: Look, findings: list[Finding]) -> list[Fault]:
    """Findings that were not there at the last look, and are more than information."""
    assert said.seen is not None
    rules = said.seen.state.rules
    keys = [key for key in said.moves.new if rules[key].severity in SEVERE]
    if not keys:
        return []
    ids = [nights.rule_of(key) for key in keys]
    first = next(one for one in findings if one.id == ids[0] and one.outcome == "failed")
    why = {name: first.message.get(name, "") for name in ("sv", "en")}
    return [Fault("findings", {"count": len(keys), "why": why})]


def remembered(said: Look) -> Seen | None:
    """What the next look is compared with: what was seen now, else what was seen before."""
    return said.seen or said.before.file


def wrong(said: Look, today: dt.date) -> dict[str, str]:
    """Each fault with the day since which it is known."""
    kinds = [fault.kind for fault in said.faults]
    return remembering.since(said.before, kinds, today.isoformat())
