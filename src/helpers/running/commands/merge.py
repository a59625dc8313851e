"""The same type from several organisations as one dataset: ``merge``."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    Overwrite,
    app,
    err,
    guarded,
    out,
    without_tables,
    written,
)
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.outputs import Outputs, settled

if TYPE_CHECKING:
    from helpers.declared.organisations import Organisation
    from helpers.filling_in.merging.identity import Reviewed
    from helpers.running.merging_same import Deciding


@app.command(help="cli.merge._help")
@guarded
def merge(
    type: Annotated[str, typer.Argument(help="cli.merge.type")],
    output: Annotated[Path, typer.Option("--output", help="cli.merge.output")],
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="cli.merge.organisation")
    ] = None,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the merged dataset of a type, where each row comes from, and what was not merged; see
    ``filling_in.merging``."""
    from helpers.filling_in.merging import entry  # tables: 0.4 s
    from helpers.reporting.papers import merge as paper  # pages: 1 s
    from helpers.running import merging, merging_files, merging_same  # opens candidates: 0.5 s
    from helpers.running.watched import Worker  # the same

    folder = (catalogue or paths.catalogue()).resolve()
    merging.asked(type)
    owner = _owner(organisation)
    place = merging_files.Place(settled(output), entry.id_of(type))
    new = [] if place.entry.exists() else [place.entry]
    outputs = Outputs(*place.files, *new, catalogue=folder, overwrite=overwrite)
    before = merging_files.earlier(place)
    deciding = merging_same.deciding(folder, place.folder)
    with without_tables() as store, closing(Worker()) as worker, store.work() as work:
        told = merging.gather(type, folder, store, work, place.table.resolve())
        for line in merging_files.apart(told, language):
            err.paragraph(line, "yellow")
        joined = merging_same.join(told, work, worker, deciding.decided, before)
        with written(outputs, language):
            put = merging_files.write(
                told,
                joined,
                place,
                work,
                worker,
                owner=owner,
                before=before,
                day=dt.date.today(),
                language=str(language),
            )
    merged = joined.merged
    count = paper.organisations(merged)
    err.say("merging.written", language, rows=merged.rows, left=merged.left, count=count)
    if put.entry_there:
        err.say("merging.kept_entry", language, file=place.entry.name)
    _ask(deciding, joined.reviewed, language)
    for file in put.files:
        out.answer(file)


def _ask(deciding: Deciding, reviewed: Reviewed, language: Language) -> None:
    """Write the pairs that wait for a decision, and say where."""
    from helpers.running import merging_same  # as above

    asked, file = merging_same.propose(deciding, reviewed, str(language)), deciding.file
    if asked:
        err.say("together.proposed", language, "yellow", count=asked, file=file.name)
    if deciding.unplaced:
        err.say("together.unplaced", language, "yellow", file=file.name)
    if asked:
        out.answer(file)


def _owner(id: str | None) -> Organisation | None:
    """The organisation that answers for the merged dataset; ``ConfigurationError`` for one that
    there is not."""
    from helpers.declared import organisations  # only where it is asked for

    if id is None:
        return None
    known = organisations.organisation(id)
    if known is None:
        raise ConfigurationError("merging.no_owner", {"id": id})
    return known
