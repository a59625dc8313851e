"""The catalogue as a spreadsheet, and back: ``inventory``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.running.commands import baseline
from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    Specifications,
    app,
    guarded,
    out,
    written,
)
from helpers.running.commands.gate import recorded
from helpers.words import escaping, paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.outputs import Outputs
from helpers.words.messages import text
from helpers.words.personal import hiding

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.filling_in.inventory import Plan
    from helpers.filling_in.inventory.merging import EntryStep
    from helpers.filling_in.inventory.questionnaire import ReadAnswers
    from helpers.filling_in.inventory.reading import ReadInventory

SHOWN = 70
PERSON = re.compile(r"[a-zåäöé]+\.[a-zåäöé-]+@", re.I)


def _shown(value: Any) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    shown = escaping.one_line(hiding.hide(shown))
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"


def _changed(step: EntryStep, language: str, *, overwrite: bool) -> Iterator[str]:
    """A line for each field that the sheet says something else of, in the sheet's own words."""
    from helpers.filling_in.inventory.columns import COLUMNS  # spreadsheets: 0.6 s
    from helpers.filling_in.inventory.labels import label  # spreadsheets: 0.6 s

    columns = {column.field: column for column in COLUMNS}
    unknown = text("inventory.unknown", language)
    for change in step.changes:
        column = columns[change.field]
        heading = column.heading(language)
        if not step.new:
            replaced = overwrite or change.edited
            key = "fills" if change.fills else "replaces" if replaced else "keeps"
            before, after = (
                _shown(label(column, value, language) or unknown)
                for value in (change.before, change.after)
            )
            values = {"heading": heading, "before": before, "after": after}
            yield text(f"inventory.plan.{key}", language, **values)
        if change.field in ("owner.mailbox", "contact") and PERSON.match(str(change.after)):
            yield text("inventory.plan.personal_mailbox", language, heading=heading)
    if step.decision:
        said = {name: _shown(value) for name, value in step.decision.items()}
        number = said.pop("registry_number")
        yield text("inventory.plan.decision", language, number=number, **said)
    if step.undecidable:
        yield text("inventory.plan.decision_idea", language)


def _says_something(step: EntryStep) -> bool:
    return bool(step.changes or step.decision or step.undecidable)


def lines(plan: Plan, language: str, *, overwrite: bool) -> Iterator[str]:
    """What a plan would do, a line for each entry and each field of an entry that is there."""
    for step in plan.steps:
        if step.new:
            yield text(
                "inventory.plan.new", language, id=step.id, title=_shown(step.title), row=step.row
            )
        elif _says_something(step):
            yield text("inventory.plan.changed", language, id=step.id, row=step.row)
        yield from _changed(step, language, overwrite=overwrite)
    same = sum(not step.new and not _says_something(step) for step in plan.steps)
    if same:
        yield text("inventory.plan.same", language, count=same)
    if plan.conflicts and not overwrite:
        yield text("inventory.plan.conflicts", language, count=len(plan.conflicts))


def _write(
    place: Outputs, known: list[Entry], organisation: str | None, folder: Path, language: Language
) -> None:
    """The entries as a spreadsheet; of an organisation its own, and what is suggested to it. The
    baseline questionnaire of this year is a sheet of it."""
    from helpers.declared import maturity  # only where it is asked for
    from helpers.filling_in import inventory  # spreadsheets: 0.6 s
    from helpers.filling_in.inventory import questionnaire  # spreadsheets: 0.6 s

    if organisation is not None:
        mine = [entry for entry in known if entry.organisation == organisation]
        known = [*mine, *inventory.suggested(organisation, known, language)]
    year = questionnaire.this_year()
    answered = maturity.years(folder).get(year)
    asked = inventory.Questionnaire(
        questionnaire.organisations_of(entry.organisation for entry in known),
        year,
        answered.answers if answered else {},
    )
    with written(place, language):
        inventory.write(known, place.file, language, asked)
    out.say("inventory.plan.sheet", language, file=str(place.file), count=len(known))


def _read(file: Path, language: str) -> tuple[ReadInventory, ReadAnswers]:
    """Both sheets; ``ConfigurationError`` with the faults of both at once."""
    from helpers.filling_in import inventory  # spreadsheets: 0.6 s
    from helpers.filling_in.inventory import questionnaire  # spreadsheets: 0.6 s

    try:
        sheet = inventory.read(file, language)
    except ConfigurationError as faults:
        raise questionnaire.together(faults, file, language) from None
    return sheet, questionnaire.read(file, language)


@app.command("inventory", help="cli.inventory._help")
@guarded
def inventory_(
    file: Annotated[Path | None, typer.Argument(help="cli.inventory.file")] = None,
    write: Annotated[Path | None, typer.Option("--write", help="cli.inventory.write")] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="cli.inventory.organisation")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="cli.inventory.preview")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="cli.inventory.overwrite")] = False,
    catalogue: Catalogue = None,
    specifications: Specifications = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the catalogue to a sheet or read one; ``ConfigurationError`` for neither or both."""
    # only where it is asked for; by another name, as ``catalogue`` is the option
    from helpers.declared import catalogue as entries
    from helpers.filling_in import inventory  # spreadsheets: 0.6 s

    folder = catalogue or paths.catalogue()
    known = entries.load(folder) if folder.is_dir() else []
    if (file is None) == (write is None):
        raise ConfigurationError("inventory.nothing_to_do")
    if write is not None:
        place = Outputs(write, catalogue=catalogue, overwrite=overwrite, option="--write")
        _write(place, known, organisation, folder, language)
        return
    assert file is not None
    sheet, answers = _read(file, language)
    plan = inventory.plan(sheet.rows, known)
    answered = baseline.Answered.of(answers, folder, overwrite=overwrite)
    for line in lines(plan, language, overwrite=overwrite):
        out.line(line)
    if sheet.ignored:
        out.say("inventory.plan.ignored", language, columns=", ".join(sheet.ignored))
    for line in answered.lines(language):
        out.line(line)
    for question in [*sheet.questions, *answers.questions]:
        out.line(question, "yellow")
    if preview:
        out.say("inventory.plan.preview", language)
        return
    changed = set(inventory.apply(plan, folder, overwrite=overwrite))
    for step in plan.steps:
        if step.decision:
            recorded(step.id, folder, step.decision)
            changed.add(folder / f"{step.id}.yaml")
    answers_in = answered.write()
    if answers_in:
        out.say("inventory.plan.answers_written", language, files=", ".join(answers_in))
    kept = answered.kept or (plan.conflicts and not overwrite)
    if (answers_in or kept) and not changed:
        return
    key = "inventory.plan.written" if changed else "inventory.plan.nothing"
    out.say(key, language, count=len(changed), folder=str(folder))
