"""The command line: ``datakollen``, also ``python -m helpers``. JSON to standard output, progress to standard error."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from helpers import escaping, paths
from helpers.errors import ConfigurationError, DatakollenError
from helpers.messages import text

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=text("cli.app"))
out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)


class Language(StrEnum):
    sv = "sv"
    en = "en"


class FailOn(StrEnum):
    critical = "critical"


Catalogue = Annotated[Path | None, typer.Option("--catalogue", help=text("cli.catalogue"))]
LanguageOption = Annotated[Language, typer.Option("--language", help=text("cli.language"))]


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """An error meant for a person is said in two sentences, with its exit code; a traceback shows nobody's cells."""

    @functools.wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        language = str(kwargs.get("language", "sv"))
        try:
            command(*args, **kwargs)
        except DatakollenError as error:
            err.print(f"{text('cli.error', language)} {error.text(language)}", style="bold red", markup=False)
            raise typer.Exit(error.exit_code) from None

    return guarded


@app.command(help=text("cli.run._help"))
@_guarded
def run(
    ids: Annotated[list[str] | None, typer.Argument(help=text("cli.ids"))] = None,
    catalogue: Catalogue = None,
    output: Annotated[Path | None, typer.Option(help=text("cli.output"))] = None,
    language: LanguageOption = Language.sv,
    jobs: Annotated[int, typer.Option(min=1, max=32, help=text("cli.jobs"))] = min(2, os.cpu_count() or 1),
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help=text("cli.fail_on"))] = None,
    keep_snapshots: Annotated[bool, typer.Option("--keep-snapshots", help=text("cli.keep_snapshots"))] = False,
) -> None:
    from helpers.running import pipeline

    def say(key: str, values: dict[str, Any]) -> None:
        err.print(text(f"cli.run.{key}", language, **values), markup=False)

    folder, target = catalogue or paths.catalogue(), output or pipeline.default_output()
    say("starts", {"catalogue": str(folder)})
    found = pipeline.run(ids or [], catalogue=folder.resolve(), output=target.absolute(), language=language, jobs=jobs,
                         keep_snapshots=keep_snapshots, say=say)  # fmt: skip
    failures = [(one.entry.id, failure.stage, failure.message[language])
                for one in found.candidates for failure in one.failures]  # fmt: skip
    failures += [("*", str(one["stage"]), one["message"][language]) for one in found.run.get("failures", [])]
    for name, stage, message in failures:
        err.print(text("cli.run.failure", language, id=name, stage=stage, message=message), style="red", markup=False)
    first = next((one for one in found.candidates if one.ranked and one.ranked.rank == 1), None)
    if first:
        err.print(text("cli.run.first", language, title=first.entry.title), style="bold", markup=False)
    err.print(text("cli.run.done", language), markup=False)
    print(target.absolute() / "index.html")
    raise typer.Exit(pipeline.exit_code(found, fail_on))


@app.command(help=text("cli.check._help"))
@_guarded
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=text("cli.files"))],
    type: Annotated[str | None, typer.Option("--type", help=text("cli.type"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.json"))] = False,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers import catalogue
    from helpers.reporting import terminal
    from helpers.running import single

    worst = 0
    single.known_type(type)
    for file in catalogue.sources(files):
        try:
            found, code = single.check_file(file, type)
        except Exception as error:  # a defect of ours: its text may hold a raw cell, its class does not
            said = {
                lang: text("running.broke", lang, stage="check", kind=error.__class__.__name__) for lang in Language
            }
            found = {
                "schema": single.SCHEMA,
                "file": escaping.shown(file.name),
                "error": {"code": "running.broke", "message": said},
            }
            code = 4
        worst = max(worst, code)
        if as_json:
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            terminal.show(found, out, language)
    raise typer.Exit(worst)


@app.command(help=text("cli.add._help"))
@_guarded
def add(
    paths_: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help=text("cli.files"))],
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers import catalogue as entries

    for written in entries.add(paths_, catalogue or paths.catalogue()):
        out.print(text("cli.add.written", language, file=str(written)), markup=False)


@app.command("list", help=text("cli.list._help"))
@_guarded
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
@_guarded
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


@app.command(help=text("cli.rows._help"))
@_guarded
def rows(
    id: Annotated[str, typer.Argument(help=text("cli.id"))],
    output: Annotated[Path, typer.Option("--output", help=text("cli.rows.output"))],
    raw: Annotated[bool, typer.Option("--raw", help=text("cli.rows.raw"))] = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers.reporting import pages
    from helpers.running.opening import open_candidate
    from helpers.running.store import Store

    try:
        opened = open_candidate(id, catalogue)
        found = opened.raw_rows_to_fix() if raw else opened.rows_to_fix
    finally:
        Store().forget_tables()
    output.mkdir(parents=True, exist_ok=True)
    file = output / ("rows_to_fix_med_personuppgifter.csv" if raw else "rows_to_fix.csv")
    pages.write_rows(found, file, language)
    if raw:
        file.chmod(0o600)
        err.print(text("cli.rows.careful", language), style="bold red", markup=False)
    print(file.absolute())


@app.command(help=text("cli.mask._help"))
@_guarded
def mask(
    id: Annotated[str, typer.Argument(help=text("cli.id"))],
    output: Annotated[Path, typer.Option("--output", help=text("cli.mask.output"))],
    bundle: Annotated[bool, typer.Option("--bundle", help=text("cli.mask.bundle"))] = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers.reporting import masked
    from helpers.running.opening import open_candidate
    from helpers.running.store import Store

    try:
        found = open_candidate(id, catalogue).mask(output.absolute(), bundle=bundle)
    finally:
        Store().forget_tables()
    said = "\n".join(masked.lines(found, language))
    beside = output.with_name(f"{output.name}.txt")
    beside.write_text(f"{said}\n", "utf-8")
    err.print(text("masking.written", language, file=str(output)), markup=False)
    err.print(said, markup=False)
    print(output.absolute())


@app.command(help=text("cli.checklist._help"))
@_guarded
def checklist(
    id: Annotated[str, typer.Argument(help=text("cli.id"))],
    output: Annotated[Path, typer.Option("--output", help=text("cli.checklist.output"))],
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers.reporting import checklist as papers
    from helpers.running.opening import open_candidate
    from helpers.running.store import Store

    try:
        opened = open_candidate(id, catalogue)
        gate = opened.gate
        assert gate is not None
        found = papers.checklist(opened.entry, gate, opened.asked, language)
    finally:
        Store().forget_tables()
    write = papers.write_docx if output.suffix.lower() == ".docx" else papers.write_html
    write(found, output, language)
    print(output.absolute())


@app.command(help=text("cli.decide._help"))
@_guarded
def decide(
    id: Annotated[str, typer.Argument(help=text("cli.id"))],
    role: Annotated[str, typer.Option("--role", help=text("cli.decide.role"))],
    registry_number: Annotated[str, typer.Option("--registry-number", help=text("cli.decide.registry_number"))],
    date: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help=text("cli.decide.date"))],
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers import catalogue as entries
    from helpers.running.opening import open_candidate
    from helpers.running.store import Store
    from helpers.screening import decisions

    folder = catalogue or paths.catalogue()
    try:
        opened = open_candidate(id, folder)
        if opened.screening is None:
            raise ConfigurationError("masking.idea", {"id": id})
        rests_on = {"columns": opened.columns, "findings": decisions.findings(opened.screening)}
    finally:
        Store().forget_tables()
    entries.record(folder / f"{id}.yaml", "decision", {
        "role": role, "date": date.date().isoformat(), "registry_number": registry_number} | rests_on)  # fmt: skip
    decided = open_candidate(id, folder).gate
    assert decided is not None
    out.print(text("cli.decide.recorded", language, id=id, count=len(rests_on["findings"])), markup=False)
    out.print(text(f"gate.verdict.{decided.verdict}", language), markup=False)


@app.command(help=text("cli.lab._help"))
@_guarded
def lab(language: LanguageOption = Language.sv) -> None:
    quiet = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    folder = f"--notebook-dir={paths.project_root()}"
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", folder, *quiet]))


def main() -> None:
    """Entry point of ``datakollen``. Output is UTF-8 whatever the console says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app(prog_name="datakollen")
