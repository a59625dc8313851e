"""The pictures of a dataset's columns as a notebook shows them: each with what it says in words,
and its figures in a table beneath."""

from __future__ import annotations

from typing import Any

from helpers.drawing.charts import svg
from helpers.drawing.charts.svg import Bar
from helpers.profiling.pictures.picture import BARS, MISSING, TIMELINE, Mark, Picture
from helpers.reporting import pictures_in_words as words
from helpers.reporting.dataset import Dataset
from helpers.words.display import Display, folded
from helpers.words.escaping import html, shown
from helpers.words.messages import listed, number, text

MOST = 80  # pictures shown
GRID = (
    'style="display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));'
    'gap:1.2rem 2rem;align-items:start;margin:1rem 0"'
)
ONE_VALUE = (BARS, "first_digit", "last_digit")


class Pictures:
    """Pictures beneath each other; HTML in JupyterLab and the report, their sentences elsewhere."""

    def __init__(self, made: list[Picture], language: str, note: str = "") -> None:
        self.made, self.language, self.note = made, language, note

    def _repr_html_(self) -> str:
        note = f'<p class="soft">{html(self.note)}</p>' if self.note else ""
        figures = "".join(_figure(picture, self.language) for picture in self.made[:MOST])
        return f"{note}<div {GRID}>{figures}</div>"

    def __repr__(self) -> str:
        said = [
            f"{words.kind(picture, self.language)}: {words.sentence(picture, self.language)}"
            for picture in self.made
        ]
        return "\n".join([self.note, *said]).strip()


def pictures(candidate: Dataset, language: str = "sv") -> Pictures:
    """A picture of each column of the main table by what it holds, and of where its empty cells
    lie. Of a column that may hold personal data there is none."""
    snapshot = candidate.snapshot
    if snapshot is None:
        return Pictures([], language, text("pictures.none", language))
    made = [Picture.from_json(one) for one in candidate.pictures.get(snapshot.main.name, [])]
    marked = candidate.screening.marked(snapshot.main.name) if candidate.screening else ()
    notes = [] if made else [text("pictures.none", language)]
    if made and marked:
        columns = listed(sorted(shown(name) for name in marked), language, most=5)
        many = "one" if len(marked) == 1 else "many"
        notes.append(text(f"pictures.marked.{many}", language, count=len(marked), columns=columns))
    if len(made) > MOST:
        notes.append(text("pictures.more", language, count=len(made) - MOST))
    return Pictures(made, language, " ".join(notes))


def _figure(picture: Picture, language: str) -> str:
    title, said = words.kind(picture, language), words.sentence(picture, language)
    table = _table(picture, language)._repr_html_()
    return (
        '<figure style="margin:0;min-width:0"><figcaption style="margin-bottom:.3rem">'
        f"<strong>{html(title)}</strong></figcaption>{_drawn(picture, said, language)}"
        f'<p aria-hidden="true">{html(said)}</p>'
        f"{folded(text('pictures.table', language), table)}</figure>"
    )


def _share(mark: Mark, greatest: float) -> float | None:
    if mark.count is None:
        return None
    if mark.of is not None:
        return mark.count / mark.of if mark.of else 0.0
    return mark.count / greatest if greatest else 0.0


def _drawn(picture: Picture, said: str, language: str) -> str:
    greatest = max((mark.count or 0 for mark in picture.marks), default=0)
    bars = [
        Bar(
            shown(words.figure(mark.low, language, picture)),
            _share(mark, greatest),
            words.counted(mark.count, language),
        )
        for mark in picture.marks
    ]
    if picture.kind in ONE_VALUE:
        return svg.lying(bars, said)
    if picture.kind == MISSING:
        return svg.upright(
            bars, said, top="100 %", ends=_ends(picture, language), colour="granska", whole=True
        )
    top = text("pictures.top", language, count=number(greatest, language))
    return svg.upright(bars, said, top=top, ends=_ends(picture, language))


def _ends(picture: Picture, language: str) -> tuple[str, str]:
    """What stands under the first and the last mark of an axis."""
    first, last = picture.marks[0], picture.marks[-1]
    if picture.kind == TIMELINE:
        low, high = (words.when(mark.low, picture.unit, language) for mark in (first, last))
        return low, high
    low, high = (words.figure(end, language, picture) for end in (first.low, last.high))
    return low, high


def _table(picture: Picture, language: str) -> Display:
    caption = words.kind(picture, language)

    def head(*names: str) -> list[str]:
        return [text(f"pictures.{name}", language) for name in names]

    rows: list[tuple[Any, ...]] = []
    if picture.kind == MISSING:
        for mark in picture.marks:
            last = int(mark.high or 0) - 1
            rows.append((f"{mark.low}–{last}", mark.count, mark.of))
        return Display(head("rows", "empty", "of"), rows, caption=caption)
    counts = [words.counted(mark.count, language) for mark in picture.marks]
    if picture.kind in ONE_VALUE:
        names = [shown(words.figure(mark.low, language, picture)) for mark in picture.marks]
        first = head("value" if picture.kind == BARS else "digit")
        rows = [*zip(names, counts, strict=True)]
    elif picture.kind == TIMELINE:
        first = head(picture.unit)
        spans = [words.when(mark.low, picture.unit, language) for mark in picture.marks]
        rows = [*zip(spans, counts, strict=True)]
    else:
        first = head("from", "below_head")
        ends = [
            tuple(words.figure(end, language, picture) for end in (mark.low, mark.high))
            for mark in picture.marks
        ]
        rows = [(*pair, count) for pair, count in zip(ends, counts, strict=True)]
    others = (("rest", picture.rest), ("outside", _outside(picture)))
    blank = [""] * (len(first) - 1)
    for name, count in others:
        if count != 0:
            rows.append(
                (text(f"pictures.{name}", language), *blank, words.counted(count, language))
            )
    return Display([*first, *head("count")], rows, caption=caption)


def _outside(picture: Picture) -> int | None:
    if picture.below is None or picture.above is None:
        return None
    return picture.below + picture.above
