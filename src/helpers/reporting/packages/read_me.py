"""What to do with a package, step by step, for each way to publish; what lacks and who knows it;
what became of the file; where it can lie; what happens at the next harvest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.checking.findings import Finding
from helpers.declared import agencies, publication
from helpers.metadata import identity
from helpers.metadata.described import Dataset
from helpers.reporting import converted as conversion
from helpers.reporting import masked
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.words import escaping, messages

if TYPE_CHECKING:
    from helpers.filling_in.converting.writing import Converted

WAYS = {"shared_catalogue": 5, "own_source": 4, "entryscape": 4}  # and how many steps each has
SHOWN = 12  # rules that the file still breaks


@dataclass(frozen=True)
class Points:
    """Metadata's points by data.europa.eu's count, on the data portal's scale: ``now``, and
    ``then`` where all addresses answer; ``most`` that the portal gives. ``gains``: label of a field
    -> points. ``stars``: of the files before and after they were made into a package."""

    now: int
    then: int
    most: int
    gains: Sequence[tuple[str, int]]
    stars: tuple[str, str]


@dataclass(frozen=True)
class ReadMe:
    """All that the paper tells. ``draft`` and ``lacks`` in words; ``masked``: kinds of personal
    data; ``replaced``: signs that no XML may hold; ``left_out``: tables of a timetable that are
    not in GTFS; ``reading_lost``: an earlier package could not be read; ``wrong``: what the
    metadata break of the profile, in words; ``advice``: that the data lie elsewhere already, that
    EU's act on high-value data may reach them."""

    title: str
    dataset: Dataset
    day: dt.date
    draft: Sequence[str]
    lacks: Sequence[str]
    files: Sequence[tuple[str, str]]
    masked: Sequence[str]
    converted: Converted | None
    left: Sequence[Finding]
    points: Points | None
    wrong: Sequence[str]
    advice: Sequence[str]
    replaced: int
    left_out: int
    reading_lost: bool
    language: str


def _say(key: str, language: str, **values: object) -> str:
    return agencies.said(f"package.read_me.{key}", language, **values)


def _told(told: ReadMe) -> Iterator[Block]:
    """First, whether it may go out."""
    language = told.language
    if told.draft:
        yield Text(_say("draft", language), style="note", label=_say("draft_label", language))
        yield Items([("", reason) for reason in told.draft])
    else:
        yield Text(_say("ready", language), style="lead")
    for note in told.advice:
        yield Text(note, style="note")
    if told.lacks:
        yield Heading(_say("lacks", language))
        yield Items([("", lack) for lack in told.lacks])


def _files(told: ReadMe) -> Iterator[Block]:
    language = told.language
    yield Heading(_say("files", language))
    head = [_say("file", language), _say("is", language)]
    yield Table(_say("files", language), head, [list(row) for row in told.files], [40, 60])


def _data(told: ReadMe) -> Iterator[Block]:
    """What became of the file, and what it still breaks."""
    language = told.language
    done = []
    if told.masked:
        kinds = [messages.text(f"screening.kind.{kind}", language) for kind in told.masked]
        done.append(_say("masked", language, kinds=messages.listed(kinds, language)))
    if told.converted:
        lines = conversion.lines(told.converted, language)
        kept = lines[: lines.index("")] if "" in lines else lines
        done += [line.removeprefix("- ") for line in kept]
        if any("--" in line for line in kept):
            done.append(_say("convert", language))
        if told.converted.after is not None:
            after, run = told.converted.after, told.converted.formulas
            said = masked.afterwards(after, run, language, guarded=told.converted.guarded)
            done += [line.strip().removeprefix("- ") for line in said]
    if any(name.endswith(".zip") for name, _ in told.files):
        done.append(_say("feed", language))
    if told.left_out:
        done.append(_say("left_out", language, count=told.left_out))
    if told.replaced:
        done.append(_say("replaced", language, count=told.replaced))
    if told.reading_lost:
        done.append(_say("reading_lost", language))
    if done:
        yield Heading(_say("done", language))
        yield Items([("", line) for line in done])
    if told.left:
        yield Heading(_say("left", language))
        yield Text(_say("left_how", language))
        said = [escaping.shown(one.message[language]) for one in told.left[:SHOWN]]
        more = len(told.left) - SHOWN
        said += [_say("more", language, count=more)] if more > 0 else []
        yield Items([("", line) for line in said])


def _fact(fact: publication.Fact, language: str) -> tuple[str, str]:
    return "", f"{fact.text(language)} [{fact.sign}: {fact.source}]"


def _ways(told: ReadMe) -> Iterator[Block]:
    """The ways to publish, each with its steps and with what is known of it."""
    language, dataset = told.language, told.dataset
    where = dataset.distributions[0].access_url if dataset.distributions else ""
    known = not where.startswith((identity.NOWHERE, identity.EXAMPLE))
    address = where if known else _say("no_address", language)
    yield Heading(_say("ways", language))
    yield Text(_say("ways_how", language))
    for way, steps in WAYS.items():
        yield Heading(_say(f"way.{way}", language), 3)
        said = [_say(f"way.{way}.{i}", language, address=address) for i in range(1, steps + 1)]
        yield Items([("", step) for step in said], numbered=True)
        yield Text(_say("known", language), style="soft")
        yield Items([_fact(fact, language) for fact in publication.facts(way)])
    for about in ("file", "harvest"):
        yield Heading(_say(about, language) if about == "harvest" else _say("where", language))
        yield Items([_fact(fact, language) for fact in publication.facts(about)])
    yield Text(_say("iri", language, iri=dataset.iri), style="soft")


def _points(told: ReadMe) -> Iterator[Block]:
    """What the metadata are worth, and what would be cheapest to add."""
    points, language = told.points, told.language
    yield Heading(_say("metadata", language))
    if told.wrong:
        yield Text(_say("wrong", language))
        yield Items([("", one) for one in told.wrong])
    else:
        yield Text(_say("valid", language))
    if points is None:
        return
    before, after = points.stars
    yield Text(
        _say("points", language, now=points.now, then=points.then, most=points.most)
        + " "
        + _say("stars", language, before=before, after=after)
    )
    if points.gains:
        yield Text(_say("gains", language))
        yield Items([("", _say("gain", language, field=f, points=p)) for f, p in points.gains])


def document(told: ReadMe) -> Document:
    """The paper."""
    language = told.language
    blocks = [
        *_told(told),
        *_files(told),
        *_ways(told),
        *_points(told),
        *_data(told),
        Text(_say("signs", language), style="soft"),
    ]
    return Document(
        told.title,
        _say("kind", language),
        language,
        _say("footer", language, date=told.day),
        told.day.isoformat(),
        blocks=blocks,
    )
