"""The catalogue as a table: ``list`` its candidates, ``rank`` them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    Specifications,
    app,
    guarded,
    out,
    warn,
    without_tables,
)
from helpers.words import escaping, paths
from helpers.words.messages import text
from helpers.words.printing import Cell
from helpers.words.source_text import SourceText

if TYPE_CHECKING:
    from helpers.advising.results import Region


@app.command("list", help="cli.list._help")
@guarded
def list_(
    catalogue: Catalogue = None,
    specifications: Specifications = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Print the catalogue's entries as a table."""
    # only where it is asked for; by another name, as ``catalogue`` is the option
    from helpers.declared import catalogue as entries
    from helpers.declared.specifications import title_of  # only where it is asked for

    names = ("id", "type", "organisation", "stage", "file")
    rows = []
    listed = entries.load(catalogue or paths.catalogue())
    for entry in listed:
        file = entry.file(catalogue or paths.catalogue())
        rows.append(
            (
                entry.id,
                title_of(entry.type, language),
                entry.organisation,
                text(f"cli.stage.{entry.stage}", language),
                str(SourceText(file.name)) if file else text("cli.list.no_file", language),
            )
        )
    out.table([text(f"cli.list.{name}", language) for name in names], rows)
    warn(listed, str(language))


@app.command(help="cli.rank._help")
@guarded
def rank(
    catalogue: Catalogue = None,
    weights_file: Annotated[Path | None, typer.Option("--weights", help="cli.rank.weights")] = None,
    specifications: Specifications = None,
    without: Annotated[list[str] | None, typer.Option("--without", help="cli.rank.without")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="cli.rank.json")] = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Print the ranking as a table, each candidate with its reasons under its title, or as JSON."""
    from helpers.running import region  # opens candidates: 0.5 s
    from helpers.scoring import weights  # only where it is scored

    folder = catalogue or paths.catalogue()
    chosen = weights.load(weights_file) if weights_file else weights.weights_of(folder)
    with without_tables() as store:
        results = region.compute(
            folder,
            store=store,
            own=weights.without(chosen, without) if without else chosen,
            instead=region.as_reported(store, folder),
        )
    if as_json:
        from helpers.reporting.results import ranking_json  # pages: 1 s

        out.json(ranking_json(results), indent=1)
        return
    _table(results, str(language))


def _table(results: Region, language: str) -> None:
    from helpers.reporting import kept_pages  # only where it is said
    from helpers.words.messages import span  # the same

    names = ("place", "candidate", "points", "verdict")
    rows: list[list[Cell]] = []
    for candidate in results.candidates:
        card, place = candidate.scorecard, candidate.ranked
        unplaced = " ".join(reason.message[language] for reason in candidate.no_place)
        sure = unplaced or (place.robust.get(language, "") if place else "")
        move = place.what_if[0].message[language] if place and place.what_if else ""
        kept = kept_pages.sentence(candidate, language) if candidate.kept_from else ""
        rows.append(
            [
                str(place.rank) if place and place.rank else "–",
                [one for one in (escaping.shown(candidate.entry.title), kept, sure, move) if one],
                span(card.low, card.high, language) if card else "–",
                (
                    text(f"cli.verdict.{candidate.gate.verdict}", language)
                    if candidate.gate
                    else text("cli.rank.failed", language)
                ),
            ]
        )
    out.table([text(f"cli.rank.{name}", language) for name in names], rows)
    for sentence in results.robustness.words if results.robustness else []:
        out.paragraph(sentence[language])
