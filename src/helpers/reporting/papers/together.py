"""What only several organisations' rows together show, as parts of a paper: pairs that may be one
object beside each other with their evidence, what was decided, and what to ask of the whole. No
masked cell, and no organisation is set before another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from helpers.filling_in.merging import decisions, measures, saying
from helpers.filling_in.merging.identity import Reviewed
from helpers.filling_in.merging.same_objects import Pair, Ref
from helpers.filling_in.merging.whole import Whole
from helpers.reporting.papers.document import Block, Heading, Items, Table, Text
from helpers.words import escaping
from helpers.words.messages import listed, number, text
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText

LISTED = 100  # pairs in the paper; the file has all


def _say(key: str, language: str, **values: Any) -> str:
    return text(f"together.{key}", language, **values)


def _ref(ref: Ref, language: str) -> str:
    """An object as people have named it, who may write anything into their file."""
    id = escaping.one_line(hiding.hide(ref.id))
    return _say("ref", language, organisation=saying.name_of(ref.organisation), id=id)


def pair_rows(pairs: list[Pair], type: str, language: str) -> list[list[str]]:
    """A row for each pair: both rows beside each other, and what speaks for and against."""
    told = []
    for pair in pairs:
        fields = " ".join(saying.fields(pair, type, language))
        told.append([*saying.rows(pair, language), f"{saying.reason(pair, language)} {fields}"])
    return told


def pair_head(language: str) -> list[str]:
    """The headings of ``pair_rows``."""
    return [_say(f"pair_head.{name}", language) for name in ("left", "right", "evidence")]


def decided(reviewed: Reviewed, language: str) -> Iterator[str]:
    """What has been decided, and which decisions no longer have their rows."""
    for one in reviewed.standing.joined:
        others = listed([_ref(ref, language) for ref in one.others], language)
        yield _say("joined", language, kept=_ref(one.kept, language), others=others)
    if reviewed.standing.different:
        yield _say("different", language, count=reviewed.standing.different)
    for gone in reviewed.standing.gone:
        refs = sorted(gone.decision.refs)
        pair = listed([_ref(ref, language) for ref in refs], language)
        missing = listed([_ref(ref, language) for ref in gone.missing], language)
        yield _say("gone", language, pair=pair, missing=missing)


def not_compared(reviewed: Reviewed, language: str) -> Iterator[str]:
    """Which rows were not held against each other, and why."""
    if reviewed.too_many:
        most = int(measures.known().identity.rows.value)
        yield _say("too_many", language, most=number(most, language))
    for key in ("left_out", "without_id"):
        if count := getattr(reviewed.found, key):
            yield _say(key, language, count=number(count, language))


def same(reviewed: Reviewed, language: str) -> Iterator[Block]:
    """Objects that two organisations may both have; nothing for a type whose rows are none."""
    if not reviewed.asked:
        return
    pairs = reviewed.found.pairs
    yield Heading(_say("same", language))
    if pairs:
        yield Text(_say("ask", language, count=len(pairs), file=decisions.FILE))
        widths = [25.0, 25.0, 50.0]
        rows = pair_rows(pairs[:LISTED], reviewed.type, language)
        yield Table(_say("same", language), pair_head(language), rows, widths)
        if len(pairs) > LISTED:
            yield Text(_say("more", language, count=len(pairs) - LISTED, file=decisions.FILE))
    elif not reviewed.too_many:
        yield Text(_say("no_pairs", language))
    items = [*decided(reviewed, language), *not_compared(reviewed, language)]
    if items:
        yield Items([("", item) for item in items])
    yield from _how(language)


def _how(language: str) -> Iterator[Block]:
    yield Heading(_say("how", language), 3)
    head = [_say(f"how_head.{name}", language) for name in ("measure", "value", "because")]
    rows = [
        [_say(f"measure.{name}", language), number(one.value, language), one.because[language]]
        for name, one in measures.known().identity
    ]
    yield Table(_say("how", language), head, rows, [30, 12, 58])


def _gaps(whole: Whole, language: str) -> Iterator[str]:
    for gap in whole.gaps:
        key = "gap_between" if gap.between else "gap"
        yield _say(key if whole.placed else "gap_absent", language, municipality=gap.name)


def _outside(whole: Whole, names: Mapping[str, str], language: str) -> Iterator[str]:
    for away in whole.outside:
        more = away.count - len(away.rows)
        rows = listed(list(map(str, away.rows)), language)
        if more:
            first = ", ".join(map(str, away.rows))
            rows = f"{first} {text('listing.more', language, count=number(more, language))}"
        lies_in = [name or _say("nowhere", language) for name in away.lies_in]
        yield _say(
            "outside" if any(away.lies_in) else "outside_nowhere",
            language,
            who=names.get(away.candidate) or saying.name_of(away.organisation),
            count=number(away.count, language),
            rows=rows,
            where=listed(lies_in, language, 5),
        )


def _lacking(whole: Whole, titles: Mapping[str, str], language: str) -> Iterator[str]:
    for lack in whole.lacking:
        yield _say(
            "lacking",
            language,
            who=saying.name_of(lack.organisation),
            field=titles.get(lack.field, lack.field),
            value=escaping.one_line(str(SourceText(lack.value))),
            count=lack.others,
            rows=number(lack.rows, language),
        )


def _levels(whole: Whole, titles: Mapping[str, str], language: str) -> Iterator[str]:
    for level in whole.levels:
        ends = sorted({round(level.lowest, 2), round(level.highest, 2)})
        yield _say(
            "level",
            language,
            who=saying.name_of(level.organisation),
            field=titles.get(level.field, level.field),
            own=number(round(level.own, 2), language),
            others="–".join(number(end, language) for end in ends),
        )


def whole_lines(whole: Whole, type: str, names: Mapping[str, str], language: str) -> Iterator[str]:
    """What to ask of the whole, a sentence or two each. ``names``: candidate -> what it is
    called."""
    titles = saying.titles(type, language)
    yield from _gaps(whole, language)
    yield from _outside(whole, names, language)
    yield from _lacking(whole, titles, language)
    yield from _levels(whole, titles, language)


def whole(shown: Whole, type: str, names: Mapping[str, str], language: str) -> Iterator[Block]:
    """What only the whole shows."""
    yield Heading(_say("whole", language))
    lines = list(whole_lines(shown, type, names, language))
    if not lines:
        yield Text(_say("whole_nothing", language))
        return
    yield Text(_say("whole_how", language))
    yield Items([("", line) for line in lines])


def blocks(
    reviewed: Reviewed, shown: Whole, names: Mapping[str, str], language: str
) -> list[Block]:
    """Both parts, as they stand in the paper of a merge."""
    return [*same(reviewed, language), *whole(shown, reviewed.type, names, language)]
