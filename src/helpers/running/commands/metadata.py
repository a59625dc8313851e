"""What anybody's catalogue says of its datasets, looked at and mended: ``metadata``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.running.commands.app import (
    Language,
    LanguageOption,
    Overwrite,
    app,
    err,
    guarded,
    out,
    written,
)
from helpers.words.errors import ConfigurationError
from helpers.words.files.outputs import Outputs

if TYPE_CHECKING:
    from helpers.metadata.faults.fault import Known


@app.command(help="cli.metadata._help")
@guarded
def metadata(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="cli.metadata.file")],
    output: Annotated[Path | None, typer.Option("--output", help="cli.metadata.output")] = None,
    spoken: Annotated[
        str | None, typer.Option("--text-language", help="cli.metadata.spoken")
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation-number", help="cli.metadata.organisation")
    ] = None,
    overwrite: Overwrite = False,
    as_json: Annotated[bool, typer.Option("--json", help="cli.metadata.json")] = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Check a catalogue; ``InputRefused`` for what cannot be read as one. Faults are no error."""
    from helpers.metadata import checking, reading, rewriting, telling  # graphs: 0.6 s
    from helpers.reporting import metadata_terminal  # the same
    from helpers.words.files.writing import write_text  # only where something is written

    place = Outputs(output, inputs=[file], overwrite=overwrite) if output else None
    if place:
        rewriting.form_of(place.file.suffix)
    read = reading.read(file)
    checked = checking.check(read.graph, _known(spoken, organisation))
    told = telling.told(checked, file.name, read.form)
    if as_json:
        out.json(told)
    else:
        metadata_terminal.show(told, out, language)
    if place is None:
        if told["mended"] and not as_json:
            err.say("metadata.told.mendable", language, count=told["mended"])
        return
    made = rewriting.rewritten(checked.mended.graph, place.file.suffix)
    with written(place, language):
        write_text(place.file, made.text)
    metadata_terminal.notes(told, err, language)
    if made.replaced:
        err.say("metadata.told.replaced", language, "yellow", count=made.replaced)
    left = {"count": told["mended"], "left": told["violations_after"]}
    err.say("metadata.told.mended", language, file=place.file.name, **left)


def _known(spoken: str | None, organisation: str | None) -> Known:
    """What is said beside the file. ``ConfigurationError`` where it is none."""
    from helpers.metadata.faults import language_tag_unknown, publisher_by_another_address  # graphs
    from helpers.metadata.faults.fault import Known  # the same

    number = None
    if organisation is not None:
        number = publisher_by_another_address.number(organisation)
        if number is None:
            raise ConfigurationError("metadata.refused.number")
    if spoken is not None and not language_tag_unknown.is_language(spoken):
        raise ConfigurationError("metadata.refused.spoken")
    return Known(spoken, number)
