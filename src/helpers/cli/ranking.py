"""The catalogue as a table: ``list`` its candidates, ``rank`` them."""

from __future__ import annotations

from helpers import escaping, paths
from helpers.cli.app import Catalogue, Language, LanguageOption, app, guarded, out
from helpers.messages import text


@app.command("list", help=text("cli.list._help"))
@guarded
def list_(catalogue: Catalogue = None, language: LanguageOption = Language.sv) -> None:
    from rich.table import Table

    from helpers import catalogue as entries

    table = Table(*(text(f"cli.list.{name}", language) for name in ("id", "type", "organisation", "stage", "file")))
    for entry in entries.load(catalogue or paths.catalogue()):
        file = entry.file(catalogue or paths.catalogue())
        table.add_row(entry.id, entry.type, entry.organisation, text(f"cli.stage.{entry.stage}", language),
                      escaping.shown(file.name) if file else text("cli.list.no_file", language))  # fmt: skip
    out.print(table)


@app.command(help=text("cli.rank._help"))
@guarded
def rank(catalogue: Catalogue = None, language: LanguageOption = Language.sv) -> None:
    from rich.table import Table

    from helpers.messages import span
    from helpers.running import region
    from helpers.running.store import Store

    found = region.compute(catalogue)
    Store().forget_tables()
    table = Table(*(text(f"cli.rank.{name}", language) for name in ("place", "candidate", "points", "verdict", "move")))
    for one in found.candidates:
        card, place = one.scorecard, one.ranked
        table.add_row(
            str(place.rank) if place and place.rank else "–",
            one.entry.title,
            span(card.low, card.high, language) if card else "–",
            text(f"cli.verdict.{one.gate.verdict}", language) if one.gate else text("cli.rank.failed", language),
            place.what_if[0].message[language] if place and place.what_if else "",
        )
    out.print(table)
