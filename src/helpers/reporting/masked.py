"""The proposed version in words: what is done to each column, what is lost, and what screening says
afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.screening.marks import Screening
from helpers.screening.masking.forms import UNKNOWN, Positions
from helpers.screening.masking.formulas import Formulas
from helpers.screening.masking.proposal import MaskingStep
from helpers.screening.masking.writing import Masked
from helpers.words import escaping
from helpers.words.messages import listed, percent, text
from helpers.words.source_text import SourceText


def named(names: Iterable[str]) -> str:
    """Names of the source, fit to be shown and on one line."""
    return ", ".join(escaping.one_line(escaping.shown(name)) for name in names)


def sentence(step: MaskingStep, language: str) -> str:
    """One step as a sentence."""
    columns = named(step.columns) or text("masking.position", language)
    kinds = "; ".join(text(f"screening.kind.{kind}", language) for kind in step.kinds)
    return text(
        f"masking.step.{step.action}", language, columns=columns, kinds=kinds, rows=step.rows
    )


def _losses(masked: Masked, language: str) -> Iterable[str]:
    """What is lost, one line for each kind of loss."""
    rows = text(
        "masking.loss.rows",
        language,
        after=masked.rows_after,
        before=masked.rows_before,
        share=percent(masked.left_share, language, 1),
    )
    yield f"- {rows}"
    if masked.rows_before and not masked.rows_after:
        yield f"- {text('masking.loss.empty', language)}"
    yield from _positions(masked.positions, language)
    cells = sum(
        loss.cells
        for loss in masked.steps
        if loss.step.action in ("mask", "bundle", "suppress", "drop")
    )
    if cells:
        yield f"- {text('masking.loss.cells', language, cells=cells)}"
    for name, (before, after) in masked.different.items():
        column = named([name])
        different = text(
            "masking.loss.different", language, column=column, before=before, after=after
        )
        yield f"- {different}"
    if masked.amount_share:
        share = percent(masked.amount_share, language, 1)
        yield f"- {text('masking.loss.amount', language, share=share)}"
    for old, new in masked.renamed.items():
        names = {"old": named([old]), "new": named([new])}
        yield f"- {text('masking.loss.renamed', language, **names)}"
    if masked.other_tables:
        yield f"- {text('masking.loss.tables', language, tables=named(masked.other_tables))}"
    if masked.surroundings:
        places = listed(
            [text(f"surroundings.place.{place}", language) for place in masked.surroundings],
            language,
        )
        yield f"- {text('masking.loss.surroundings', language, places=places)}"


def _positions(places: Positions | None, language: str) -> Iterable[str]:
    """Where the positions are in the version, how many are left, and what of them is lost."""
    if places is None:
        return
    unknown = text("masking.unknown_system", language)
    crs = unknown if places.crs == UNKNOWN else places.crs
    key = "columns" if places.columns else "shapes"
    where = text(f"masking.places.{key}", language, columns=named(places.columns), crs=crs)
    yield f"- {where}"
    share = percent(places.after / places.before if places.before else 1.0, language, 1)
    left = text(
        "masking.loss.places", language, after=places.after, before=places.before, share=share
    )
    yield f"- {left}"
    if places.centred:
        key = "centred" if places.columns else "flat"
        yield f"- {text(f'masking.loss.{key}', language, count=places.centred)}"
    if places.heights:
        yield f"- {text('masking.loss.heights', language, count=places.heights)}"


def afterwards(
    after: Screening, run: list[Formulas], language: str, *, guarded: bool
) -> Iterable[str]:
    """What screening says of what was written, each mark that still calls for something, and the
    cells that a spreadsheet would ``run``."""
    kept = bool(run) and not guarded
    content = "granska" if kept and after.content == "fri" else after.content
    yield text(f"masking.after.{content}", language)
    for mark in after.marks:
        if mark.level != "told":
            column = named([mark.column])
            kind = text(f"screening.kind.{mark.kind}", language)
            remaining = text(
                "masking.after.mark", language, column=column, kind=kind, count=mark.count
            )
            yield f"- {remaining}"
    yield from _formulas(run, language, guarded=guarded)


def _formulas(run: list[Formulas], language: str, *, guarded: bool) -> Iterable[str]:
    """Which cells a spreadsheet would run, and what was done about them."""
    if not run:
        return
    count = sum(column.count for column in run)
    what = text(f"masking.formulas.{'guarded' if guarded else 'kept'}", language)
    yield f"- {text('masking.formulas', language, count=count)} {what}"
    for column in run:
        if not column.rows:
            continue
        rows = ", ".join(map(str, column.rows)) + (" …" if column.count > len(column.rows) else "")
        name = named([column.column])
        yield f"  - {text('masking.formulas.place', language, column=name, rows=rows)}"


def lines(masked: Masked, language: str) -> Iterable[str]:
    """The whole report, a line at a time; the same on the screen and in the text file beside the
    version."""
    lost = masked.positions is not None and masked.positions.loses
    unchanged = not masked.steps and not masked.headers and masked.after.content == "fri"
    key = ("nothing_but_form" if lost else "nothing") if unchanged else "what"
    yield text(f"masking.{key}", language)
    yield text("masking.source", language)
    yield ""
    for loss in masked.steps:
        yield f"- {sentence(loss.step, language)}"
    if masked.headers:
        yield f"- {text('masking.headers', language, columns=', '.join(masked.headers))}"
    yield ""
    yield text("masking.loss", language)
    yield from _losses(masked, language)
    yield ""
    yield text("masking.after", language)
    if SourceText(masked.file.name).personal:
        yield text("masking.file_name", language)
    yield from afterwards(masked.after, masked.formulas, language, guarded=masked.guarded)
