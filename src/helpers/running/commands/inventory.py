"""The catalogue as a spreadsheet, and back: ``inventory``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    app,
    guarded,
    out,
    written,
)
from helpers.words import escaping, paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.outputs import Outputs
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.filling_in.inventory import Plan

SHOWN = 70
PERSON = re.compile(r"[a-zåäöé]+\.[a-zåäöé-]+@", re.I)


def _shown(value: Any) -> str:
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value).replace("\n", " ")
    said = escaping.shown(said)
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1]}…"


def lines(plan: Plan, language: str, *, overwrite: bool) -> Iterator[str]:
    """What a plan would do, a line for each entry and each field of an entry that is there."""
    from helpers.filling_in.inventory.columns import COLUMNS

    headings = {one.field: one.heading(language) for one in COLUMNS}
    for step in plan.steps:
        if step.new:
            yield text(
                "inventory.plan.new", language, id=step.id, title=_shown(step.title), row=step.row
            )
        elif step.changes:
            yield text("inventory.plan.changed", language, id=step.id, row=step.row)
        for change in step.changes:
            heading = headings.get(change.field, change.field)
            if not step.new:
                key = "fills" if change.fills else "replaces" if overwrite else "keeps"
                yield text(
                    f"inventory.plan.{key}",
                    language,
                    heading=heading,
                    before=_shown(change.before),
                    after=_shown(change.after),
                )
            if change.field in ("owner.mailbox", "contact") and PERSON.match(str(change.after)):
                yield text("inventory.plan.personal_mailbox", language, heading=heading)
    same = sum(1 for step in plan.steps if not step.new and not step.changes)
    if same:
        yield text("inventory.plan.same", language, count=same)
    if plan.conflicts and not overwrite:
        yield text("inventory.plan.conflicts", language, count=len(plan.conflicts))


@app.command(help=text("cli.inventory._help"))
@guarded
def inventory(
    file: Annotated[Path | None, typer.Argument(help=text("cli.inventory.file"))] = None,
    write: Annotated[Path | None, typer.Option("--write", help=text("cli.inventory.write"))] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help=text("cli.inventory.organisation"))
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help=text("cli.inventory.preview"))] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=text("cli.inventory.overwrite"))
    ] = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers.declared import catalogue as entries
    from helpers.filling_in import inventory as book

    folder = catalogue or paths.catalogue()
    known = entries.load(folder) if folder.is_dir() else []
    if (file is None) == (write is None):
        raise ConfigurationError("inventory.nothing_to_do")
    if write is not None:
        place = Outputs(write, catalogue=catalogue, overwrite=overwrite, option="--write")
        if organisation is not None:
            mine = [one for one in known if one.organisation == organisation]
            known = [*mine, *book.suggested(organisation, known, language)]
        with written(place, language):
            book.write(known, place.file, language)
        out.print(
            text(
                "inventory.plan.sheet", language, file=escaping.shown(place.file), count=len(known)
            ),
            markup=False,
        )
        return
    assert file is not None
    found = book.read(file, language)
    plan = book.plan(found.rows, known)
    for line in lines(plan, language, overwrite=overwrite):
        out.print(line, markup=False)
    if found.ignored:
        out.print(
            text("inventory.plan.ignored", language, columns=", ".join(found.ignored)), markup=False
        )
    if preview:
        out.print(text("inventory.plan.preview", language), markup=False)
        return
    changed = book.apply(plan, folder, overwrite=overwrite)
    said = text("inventory.plan.written", language, count=len(changed), folder=str(folder))
    out.print(said if changed else text("inventory.plan.nothing", language), markup=False)
