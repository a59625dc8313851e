"""A file in the form of a specification: ``convert``."""

from __future__ import annotations

from contextlib import closing
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
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.filling_in.converting.writing import ConversionRequest, Converted
    from helpers.words.printing import Terminal


@app.command(help="cli.convert._help")
@guarded
def convert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="cli.convert.file")],
    to: Annotated[str, typer.Option("--to", help="cli.convert.to")],
    output: Annotated[Path | None, typer.Option("--output", help="cli.convert.output")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="cli.convert.preview")] = False,
    others: Annotated[bool, typer.Option("--keep-others", help="cli.convert.others")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="cli.convert.raw")] = False,
    personal: Annotated[bool, typer.Option("--with-personal", help="cli.convert.personal")] = False,
    guard: Annotated[bool, typer.Option("--guard-formulas", help="cli.mask.guard")] = False,
    overwrite: Overwrite = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Write a file's table as a specification has it; see ``filling_in.converting``."""
    from helpers.declared import mapping  # only where it is asked for
    from helpers.filling_in import blank_table  # spreadsheets: 0.6 s
    from helpers.filling_in.converting import writing  # the same

    target = blank_table.find(to)
    kind = mapping.newest(to) if to == target.name else target.variant
    if preview:
        _show(_converted(file, target.name, kind, writing.ConversionRequest()), out, language)
        return
    if output is None:
        raise ConfigurationError("converting.no_output")
    output = output if output.suffix else output.with_name(f"{output.name}{writing.CSV}")
    files = [output]
    files += [_beside(output, "others", language)] if others else []
    files += [_beside(output, "raw", language)] if raw else []
    place = Outputs(*files, inputs=[file], overwrite=overwrite)
    version, *more = place.files
    writing.form_of(version)
    asked = writing.ConversionRequest(
        version,
        more[0] if others else None,
        more[-1] if raw else None,
        personal=personal,
        guard=guard,
        language=str(language),
    )
    with written(place, language):
        _show(_converted(file, target.name, kind, asked), err, language)
    if raw or personal:
        err.say("converting.careful", language, "bold red")
    for one in place.files:
        out.answer(one)


def _beside(output: Path, which: str, language: str) -> Path:
    """The file beside ``output`` for what is kept out of it."""
    return output.with_name(f"{output.stem}_{text(f'converting.beside.{which}', language)}.csv")


def _converted(file: Path, type: str, variant: str | None, asked: ConversionRequest) -> Converted:
    from helpers.running import single  # opens candidates: 0.5 s
    from helpers.running.watched import Worker  # opens candidates: 0.5 s

    with (
        closing(Worker()) as worker,
        single.opened(file, type=type, worker=worker) as source,
    ):
        return source.convert(type, variant, asked)


def _show(converted: Converted, terminal: Terminal, language: str) -> None:
    from helpers.reporting import converted as words  # pages: 1 s

    terminal.paragraph(words.heading(converted, language), "bold")
    terminal.table(words.head(language), words.rows(converted, language))
    terminal.lines("\n".join(words.lines(converted, language)))
