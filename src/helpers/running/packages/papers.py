"""The texts of a package: metadata in three syntaxes, what was measured, the form, the read-me;
made beside the data in the same private folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from rdflib import Graph

from helpers.advising import elsewhere, high_value
from helpers.declared import organisations
from helpers.metadata import (
    described,
    forecast,
    form,
    identity,
    properties,
    stars,
    telling,
    validating,
)
from helpers.metadata import writing as syntaxes
from helpers.metadata.building import catalogue as building
from helpers.metadata.building import quality
from helpers.metadata.described import Catalogue
from helpers.reading import formats
from helpers.reporting import documents
from helpers.reporting import lacking as wanting
from helpers.reporting.packages import form_page, read_me
from helpers.reporting.packages.read_me import Points
from helpers.reporting.papers.words import clipped
from helpers.running.packages.one import CSVW, SCHEMA, Package
from helpers.words.files import writing
from helpers.words.messages import number, text

METADATA = "metadata"
QUALITY = "quality.ttl"
FORM, BOOK = "formular.html", "formular.xlsx"
READ_ME = ("lasmig.html", "lasmig.docx")
GAINS = 5  # told of what metadata could still gain
WRONG = 12


def names(package: Package) -> list[str]:
    """All files of the package, data first, what is harvested last."""
    prefix = package.prefix
    beside = [QUALITY, FORM, BOOK, *READ_ME]
    graph = [f"{METADATA}{suffix}" for suffix in reversed(syntaxes.SYNTAXES)]
    return [*package.files, *(f"{prefix}{name}" for name in (*beside, *graph))]


def lacks(package: Package, language: str, *, beside: bool = False) -> list[str]:
    """What lacks, a line for each who knows it. ``beside``: only what no field of the form is
    for."""
    told = form.PLACES if beside else ()
    return wanting.lines(package.entry, package.dataset.lacking, language, told)


def reasons(package: Package, language: str) -> list[str]:
    """Why it is a draft."""
    return [text(f"package.draft.{reason}", language) for reason in package.standing.reasons]


def catalogue_of(package: Package) -> Catalogue:
    """The organisation's catalogue with this dataset alone."""
    owner = organisations.organisation(package.entry.organisation)
    return described.catalogue(owner, [package.dataset], synthetic=package.entry.synthetic)


def _points(graph: Graph, package: Package, language: str) -> Points:
    """What the metadata are worth."""
    expected = forecast.forecast(graph)
    gains = [
        (properties.label(gain.of, gain.field, language), round(gain.points))
        for gain in expected.gains()
        if round(gain.points) and gain.field in {f.predicate for f in properties.fields()}
    ]
    most = sum(one.weight for one in forecast.INDICATORS if one.here)
    after = stars.average(stars.stars(graph))
    return Points(
        round(expected.points(here=True)),
        round(expected.points(here=True, reachable=True)),
        most,
        gains[:GAINS],
        (number(_before(package), language), number(after or 0, language)),
    )


def _before(package: Package) -> int:
    """The stars of the source as it lies: none where nobody reaches it."""
    entry = package.entry
    if not (entry.published.url and package.dataset.licence and package.source_format):
        return 0
    open_format = package.source_format in formats.OPEN
    return 3 if open_format else 2 if package.source_format in ("xlsx", "xls") else 1


def write(package: Package, work: Path, day: dt.date, language: str) -> tuple[Package, list[Path]]:
    """Make the texts in ``work``; the package with what was found on the way, and all its files in
    the order in which they are put into place."""
    whole = catalogue_of(package)
    statements = building.statements(whole)
    package = replace(
        package,
        replaced=statements.replaced,
        violations=tuple(validating.violations(statements.graph)),
    )
    prefix = package.prefix
    files = {name: work / name for name in names(package)}
    for suffix, said in syntaxes.written(statements.graph).items():
        writing.write_text(work / f"{prefix}{METADATA}{suffix}", said)
    base = identity.base_of(
        organisations.organisation(package.entry.organisation), synthetic=package.entry.synthetic
    )
    measured = quality.statements(
        base, package.dataset.iri, package.figures, package.dataset.modified
    )
    writing.write_text(work / f"{prefix}{QUALITY}", syntaxes.turtle(measured.graph))
    _form(package, whole, work, language)
    _read_me(package, statements.graph, work, day, language)
    return package, list(files.values())


def _form(package: Package, whole: Catalogue, work: Path, language: str) -> None:
    """The form, as it is to be pasted once nothing makes it a draft."""
    assert package.final is not None
    owner = organisations.organisation(package.entry.organisation)
    final = described.catalogue(owner, [package.final], synthetic=package.entry.synthetic)
    parts = form.parts(building.statements(final).graph, package.final, whole.proposed)
    title = clipped(package.entry.title)
    shown = form_page.Form(
        title,
        parts,
        package.entry,
        reasons(package, language),
        lacks(package, language, beside=True),
        language,
    )
    page = form_page.page(shown)
    writing.write_text(work / f"{package.prefix}{FORM}", page)
    form_page.write_book(shown, work / f"{package.prefix}{BOOK}")


def _kind(name: str) -> str:
    """Which of the texts ``package.file.<kind>`` says what a file is."""
    whole = {SCHEMA: "schema", QUALITY: "quality", FORM: "form", BOOK: "form_book"}
    plain = next((kind for end, kind in whole.items() if name.endswith(end)), "")
    if plain:
        return plain
    if name.endswith(CSVW):
        return "csvw"
    return "read_me" if name.endswith(READ_ME) else Path(name).suffix.removeprefix(".")


def _read_me(package: Package, graph: Graph, work: Path, day: dt.date, language: str) -> None:
    listed = [(name, text(f"package.file.{_kind(name)}", language)) for name in names(package)]
    advice = elsewhere.advice(package.entry)
    link = advice if advice and advice.code in ("link", "compare") else None
    notes = (link, high_value.concern(package.entry))
    said = read_me.ReadMe(
        title=clipped(package.entry.title),
        dataset=package.dataset,
        day=day,
        draft=reasons(package, language),
        lacks=lacks(package, language),
        files=listed,
        masked=package.masked,
        converted=package.tabled.converted if package.tabled else None,
        left=package.left,
        points=_points(graph, package, language),
        wrong=[telling.said(one, graph, language) for one in package.violations[:WRONG]],
        advice=[one.message[language] for one in notes if one is not None],
        replaced=package.replaced,
        left_out=package.left_out,
        reading_lost=package.reading_lost,
        language=language,
    )
    paper = read_me.document(said)
    for name in READ_ME:
        documents.write(paper, work / f"{package.prefix}{name}")
