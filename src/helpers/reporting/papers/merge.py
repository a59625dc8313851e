"""What was merged, as a paper: source by source, what came along, what did not and why, and what
differs between them. Counts, rows and names of columns, never a cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.declared.organisations import organisation
from helpers.filling_in.merging.accounts import IDS, PartAccount, Told
from helpers.filling_in.merging.table import Merged
from helpers.filling_in.merging.writing import MergeAccount
from helpers.reporting import converted, masked
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.words.messages import number, text

LISTED = 8  # rows named of a reason


@dataclass(frozen=True)
class MergePaper:
    """All that the paper tells. ``id`` and ``title`` of the merged dataset; ``owner`` its
    organisation's name, None where nobody has decided; ``apart``: candidates that are not included,
    in words; ``files``: kind (table, origin, report, entry) -> name; ``folder``: of its
    catalogue."""

    id: str
    title: str
    merged: Merged
    account: MergeAccount
    apart: Sequence[str]
    files: Mapping[str, str]
    folder: str
    owner: str | None
    synthetic: bool
    day: dt.date
    language: str
    further: Sequence[Block] = ()  # what only several organisations' rows together show

    @property
    def names(self) -> dict[str, str]:
        """Candidate -> what it is called here: its organisation, and the candidate too where the
        organisation has several."""
        owners = [part.owned.organisation for part in self.merged.parts]
        called = {}
        for part in self.merged.parts:
            id = part.owned.organisation
            known = organisation(id)
            name = known.name if known else id
            several = owners.count(id) > 1
            called[part.owned.candidate] = f"{name} ({part.owned.candidate})" if several else name
        return called


def organisations(merged: Merged) -> int:
    """How many organisations the merged table's sources belong to."""
    return len({part.owned.organisation for part in merged.parts})


def _say(key: str, language: str, **values: Any) -> str:
    return text(f"merging.paper.{key}", language, **values)


def _rows(told: Told) -> str:
    shown = ", ".join(map(str, told.rows[:LISTED]))
    return f"{shown} …" if told.count > LISTED else shown


def _each(told: MergePaper) -> Iterator[tuple[str, PartAccount]]:
    names = told.names
    for one in told.account.parts:
        yield names[one.part.owned.candidate], one


def _before(one: PartAccount) -> int:
    return one.part.rows + one.part.converted.rejected


def _out(one: PartAccount) -> int:
    """How many of the source's rows are left out."""
    return sum(told.count for told in one.left.values()) + one.part.converted.rejected


def _first(told: MergePaper) -> Iterator[Block]:
    language = told.language
    if told.synthetic:
        yield Text(text("reporting.synthetic", language), style="note")
    count = organisations(told.merged)
    rows = number(told.merged.rows, language)
    yield Text(_say("lead", language, rows=rows, count=count), style="lead")
    before = number(sum(_before(one) for _, one in _each(told)), language)
    yield Text(_say("account", language, before=before, origin=told.files["origin"]))
    if any(one.part.spread for _, one in _each(told)):
        yield Text(_say("spread", language))
    owner = _say("owner", language, owner=told.owner) if told.owner else _say("no_owner", language)
    yield Text(f"{_say('not_decided', language)} {owner}", style="note")


def _sources(told: MergePaper) -> Iterator[Block]:
    language = told.language
    names = ("organisation", "file", "rows", "kept", "left")
    head = [_say(f"source_head.{name}", language) for name in names]
    rows = [
        [name, masked.named([one.part.source])]
        + [number(count, language) for count in (_before(one), one.rows, _out(one))]
        for name, one in _each(told)
    ]
    yield Heading(_say("sources", language))
    yield Table(_say("sources", language), head, rows, [24, 29, 14, 15, 18])
    if told.merged.sourced is None:
        yield Text(_say("no_source", language, origin=told.files["origin"]))
    if told.apart:
        yield Heading(_say("nothing", language), 3)
        yield Items([("", one) for one in told.apart])


def _left(told: MergePaper) -> Iterator[Block]:
    language, items = told.language, []
    for who, one in _each(told):
        for why, rows in one.left.items():
            reason = text(f"merging.left.{why}", language)
            values = {"who": who, "why": reason, "count": rows.count, "rows": _rows(rows)}
            items.append(_say("left_row", language, **values))
        rejected = one.part.converted.rejected
        if rejected:
            rows = Told(rejected, tuple(each.row for each in one.part.rejected))
            values = {"who": who, "count": rejected, "rows": _rows(rows)}
            items.append(_say("rejected", language, **values))
    yield Heading(_say("left", language), 3)
    yield Items([("", item) for item in items]) if items else Text(_say("whole", language))
    if told.merged.unknown_same:
        yield Text(_say("unknown_same", language, count=told.merged.unknown_same))


def _ids(told: MergePaper) -> Iterator[Block]:
    language = told.language
    yield Heading(_say("ids", language))
    if told.merged.id is None:
        yield Text(_say("no_ids", language, origin=told.files["origin"]))
        return
    yield Text(_say("ids_how", language))
    head = [_say(f"id_head.{name}", language) for name in ("organisation", *IDS)]
    rows = [
        [who, *(number(one.ids.get(why, 0), language) for why in IDS)] for who, one in _each(told)
    ]
    yield Table(_say("ids", language), head, rows, [37, 21, 21, 21])
    items = []
    for who, one in _each(told):
        for key, found in (("twice", one.twice), ("without", one.without)):
            if found.count:
                items.append(_say(key, language, who=who, count=found.count, rows=_rows(found)))
    if told.account.gone:
        items.append(_say("gone", language, count=told.account.gone))
    if items:
        yield Items([("", item) for item in items])


def _filled(told: MergePaper) -> Iterator[list[str]]:
    """The columns that some source fills in and another does not, or not on all rows."""
    language = told.language
    parts = told.account.parts
    for header in told.merged.headers:
        counts = [one.filled.get(header, 0) for one in parts]
        whole = [one.rows == count for one, count in zip(parts, counts, strict=True)]
        if not any(counts) or all(whole):
            continue
        cells = [
            _say("all", language)
            if full
            else number(count, language)
            if count
            else _say("none", language)
            for count, full in zip(counts, whole, strict=True)
        ]
        yield [masked.named([header]), *cells]


def _differs(told: MergePaper) -> Iterator[Block]:
    language = told.language
    yield Heading(_say("differs", language))
    rows = list(_filled(told))
    if rows:
        names = [name for name, _ in _each(told)]
        widths = [30.0, *(70.0 / len(names) for _ in names)]
        yield Text(_say("differs_how", language))
        yield Table(_say("differs", language), [_say("column", language), *names], rows, widths)
    else:
        yield Text(_say("alike", language))
    items = [
        _say("period", language, who=who, first=one.first, last=one.last)
        for who, one in _each(told)
        if one.first and one.last
    ]
    items += _amounts(told)
    if items:
        yield Items([("", item) for item in items])


def _amounts(told: MergePaper) -> Iterator[str]:
    """Who has negative amounts, and who has none where others do."""
    language = told.language
    if not any(one.negative for _, one in _each(told)):
        return
    for who, one in _each(told):
        if one.negative:
            counts = {"count": number(one.negative, language), "rows": number(one.rows, language)}
            yield _say("negative", language, who=who, **counts)
        elif one.negative is not None:
            yield _say("no_negative", language, who=who)


def _columns(told: MergePaper) -> Iterator[Block]:
    """Source by source, what each column became, and what could not come along."""
    language = told.language
    for who, one in _each(told):
        done = one.part.converted
        yield Heading(_say("columns", language, who=who))
        yield Text(converted.heading(done, language))
        widths = [20.0, 22.0, 18.0, 11.0, 13.0, 16.0]
        name = _say("columns", language, who=who)
        yield Table(name, converted.head(language), converted.rows(done, language), widths)
        said = [masked.sentence(loss.step, language) for loss in one.part.masked]
        if said:
            yield Text(_say("masked", language))
            yield Items([("", item) for item in said])
        lines = converted.of_merged(done, language)
        if lines:
            yield Items([("", line) for line in lines])


def _last(told: MergePaper) -> Iterator[Block]:
    language, account = told.language, told.account
    yield Heading(_say("after", language))
    said = masked.afterwards(account.after, [], language, guarded=False)
    items = [line.strip().removeprefix("- ") for line in said]
    items += [
        _say("formulas", language, column=masked.named([one.column]), count=one.count)
        for one in account.formulas
    ]
    yield Items([("", item) for item in items])
    yield Heading(_say("files", language))
    head = [_say(f"file_head.{name}", language) for name in ("file", "is")]
    rows = [[name, _say(f"is.{kind}", language)] for kind, name in told.files.items()]
    yield Table(_say("files", language), head, rows, [45, 55])
    yield Heading(_say("steps", language))
    folder, origin = told.folder, told.files["origin"]
    steps = [
        _say("next_run", language, folder=folder),
        _say("next_publish", language, folder=folder, id=told.id),
        _say("next_again", language, origin=origin),
    ]
    yield Items([("", step) for step in steps], numbered=True)


def _together(told: MergePaper) -> Iterator[Block]:
    yield from told.further


def document(told: MergePaper) -> Document:
    """The paper."""
    language = told.language
    parts = (_first, _sources, _left, _ids, _together, _differs, _columns, _last)
    return Document(
        told.title,
        _say("kind", language),
        language,
        _say("footer", language, date=told.day),
        told.day.isoformat(),
        blocks=[block for part in parts for block in part(told)],
    )
