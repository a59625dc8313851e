"""May we? What to mend, the masked version, the open questions, the decision: ``rows``, ``mask``,
``checklist``, ``decide``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Id,
    Language,
    LanguageOption,
    Overwrite,
    app,
    candidate,
    err,
    guarded,
    out,
    without_tables,
    written,
)
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import writing
from helpers.words.files.outputs import Outputs


@app.command(help="cli.rows._help")
@guarded
def rows(
    id: Id,
    output: Annotated[Path, typer.Option("--output", help="cli.rows.output")],
    raw: Annotated[bool, typer.Option("--raw", help="cli.rows.raw")] = False,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the rows to fix as CSV into the folder ``output``."""
    from helpers.reporting import pages  # pages: 1 s

    name = "rows_to_fix_med_personuppgifter.csv" if raw else "rows_to_fix.csv"
    place = Outputs(output / name, catalogue=catalogue, overwrite=overwrite)
    with candidate(id, catalogue) as opened:
        to_fix = opened.raw_rows_to_fix() if raw else opened.rows_to_fix
    with written(place, language):
        pages.write_rows(to_fix, place.file, language, opened.snapshot, private=raw)
    if raw:
        err.say("cli.rows.careful", language, "bold red")
    out.answer(place.file)


@app.command(help="cli.mask._help")
@guarded
def mask(
    id: Id,
    output: Annotated[Path, typer.Option("--output", help="cli.mask.output")],
    bundle: Annotated[bool, typer.Option("--bundle", help="cli.mask.bundle")] = False,
    guard: Annotated[bool, typer.Option("--guard-formulas", help="cli.mask.guard")] = False,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the masked version, and beside it what was done; see ``Opened.mask``."""
    from helpers.reporting import masked  # pages: 1 s

    def place_of(target: Path) -> Outputs:
        note = target.parent / f"{target.name}.txt"
        return Outputs(target, note, catalogue=catalogue, overwrite=overwrite)

    place = place_of(output)
    given, output = output, _in_a_form(output, id, catalogue, guard=guard)
    if output != given:
        place = place_of(output)
    version, beside = place.files
    with candidate(id, catalogue) as opened, written(place, language):
        done = opened.mask(version, bundle=bundle, guard=guard)
        summary = "\n".join(masked.lines(done, language))
        writing.write_text(beside, f"{summary}\n")
    err.say("masking.written", language, file=str(output))
    err.lines(summary)
    out.answer(version)


def _in_a_form(output: Path, id: str, catalogue: Path | None, *, guard: bool) -> Path:
    """``output`` with the ending of a form that can be written: its own, or where it has none the
    one that the source needs."""
    from helpers.screening.masking import forms  # 0.4 s

    if forms.form_of(output, guard=guard):
        return output
    with candidate(id, catalogue) as opened:
        snapshot = opened.snapshot
    return output.with_name(output.name + (forms.usual(snapshot) if snapshot else forms.CSV))


@app.command(help="cli.checklist._help")
@guarded
def checklist(
    id: Id,
    output: Annotated[Path, typer.Option("--output", help="cli.checklist.output")],
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write a candidate's checklist as a document: the steps that remain, the legal questions."""
    from helpers.reporting import documents, papers  # pages: 1 s
    from helpers.running import region  # opens candidates: 0.5 s

    place = Outputs(output, catalogue=catalogue, overwrite=overwrite)
    folder = (catalogue or paths.catalogue()).resolve()
    with without_tables() as store:
        results = region.compute(folder, [id], store=store)
    (found,) = results.candidates
    if found.failures:
        why = found.failures[0].message[str(language)]
        raise ConfigurationError("cli.papers.failed", {"id": id, "why": why})
    paper = papers.OF_ONE["steps"](found, results, language)
    with written(place, language):
        documents.write(paper, place.file)
    out.answer(place.file)


def recorded(id: str, folder: Path, said: dict[str, str]) -> int:
    """Record a decision of that role, date and registry number in the entry, with what it rests on:
    the columns and findings of the day. Gives how many findings; ``ConfigurationError`` for an
    idea."""
    from helpers.declared.catalogue import record  # only where it is asked for
    from helpers.screening import decisions  # 0.4 s

    with candidate(id, folder) as opened:
        if opened.screening is None:
            raise ConfigurationError("masking.idea", {"id": id})
        findings = decisions.findings(opened.screening)
        rests_on = {"columns": opened.columns, "findings": findings}
    record(folder / f"{id}.yaml", "decision", said | rests_on)
    return len(findings)


@app.command(help="cli.decide._help")
@guarded
def decide(
    id: Id,
    role: Annotated[str, typer.Option("--role", help="cli.decide.role")],
    registry_number: Annotated[
        str, typer.Option("--registry-number", help="cli.decide.registry_number")
    ],
    date: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="cli.decide.date")],
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Record a decision in the entry; ``ConfigurationError`` for an idea."""
    folder = catalogue or paths.catalogue()
    said = {"role": role, "date": date.date().isoformat(), "registry_number": registry_number}
    findings = recorded(id, folder, said)
    with candidate(id, folder) as opened:
        decided = opened.gate
    assert decided is not None
    out.say("cli.decide.recorded", language, id=id, count=findings)
    out.say(f"gate.verdict.{decided.verdict}", language)
