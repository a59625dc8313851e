"""What the answers of a questionnaire would change in a catalogue's ``baseline/``, and the change
itself: a file a year. A blank takes nothing away, and an answer gives way only if it is told to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.declared import maturity
from helpers.declared.maturity import FOLDER, Answer, Year
from helpers.filling_in.inventory.questionnaire import AnswerRow, shown
from helpers.words.files import writing, yaml_text


@dataclass(frozen=True)
class AnswerStep:
    """One answer that the sheet gives and the catalogue does not have so. ``before``: what it has;
    None where nobody has answered."""

    row: AnswerRow
    before: Answer | None
    after: dict[str, Any]

    @property
    def fills(self) -> bool:
        """True where nobody has answered before, or what was said stays and something is added; and
        where a person changed the cell of a sheet that was written of what the catalogue still
        says."""
        if self.before is None or self.before.answer == "unknown":
            return True
        if self.row.origin == shown(self.before):
            return True
        kept = _plain(self.before)
        return all(self.after.get(name) == value for name, value in kept.items())


def _plain(answer: Answer) -> dict[str, Any]:
    """What an answer says, as plain values; nothing for what it does not say."""
    said = {
        "answer": answer.answer,
        "because": answer.because.raw if answer.because else None,
        "by": answer.by.raw if answer.by else None,
        "when": answer.when,
    }
    return {name: value for name, value in said.items() if value is not None}


def plan(rows: list[AnswerRow], years: Mapping[int, Year]) -> list[AnswerStep]:
    """What of the rows the catalogue does not say so already, in their order."""
    steps = []
    for row in rows:
        year = years.get(row.year)
        before = year.answers.get(row.organisation, {}).get(row.question) if year else None
        held = shown(before) if before else {}
        written = row.origin or {}  # a cell that stands as it was written says nothing
        changed = {
            name: value
            for name, value in row.said.items()
            if value not in (held.get(name), written.get(name))
        }
        if changed:
            if "when" in changed:
                changed["when"] = dt.date.fromisoformat(changed["when"])
            after = {**(_plain(before) if before else {}), **changed}
            steps.append(AnswerStep(row, before, after))
    return steps


def apply(
    steps: list[AnswerStep], years: Mapping[int, Year], folder: Path, *, overwrite: bool = False
) -> list[Path]:
    """Write what is new and fill what was unknown; replace an answer only with ``overwrite``. Gives
    the files that were written. Raises ``ConfigurationError``, and writes nothing, where one would
    not be right."""
    texts: dict[Path, str] = {}
    taken = [step for step in steps if step.fills or overwrite]
    for number in sorted({step.row.year for step in taken}):
        year = years.get(number) or Year(year=number)
        answers = {
            id: {name: _plain(answer) for name, answer in some.items()}
            for id, some in year.answers.items()
        }
        for step in taken:
            if step.row.year == number:
                answers.setdefault(step.row.organisation, {})[step.row.question] = step.after
        file = folder / FOLDER / f"{number}.yaml"
        texts[file] = _text(number, answers, synthetic=year.synthetic)
        maturity.parsed(texts[file], file)
    for file, source in texts.items():
        with writing.refusals_told(file):
            file.parent.mkdir(exist_ok=True)
        writing.amend_text(file, source)
    return list(texts)


def _text(number: int, answers: dict[str, dict[str, dict[str, Any]]], *, synthetic: bool) -> str:
    """The whole file: organisations by id, questions in the order in which they are asked."""
    plain = {
        id: {name: some[name] for name in maturity.questions() if name in some}
        for id, some in sorted(answers.items())
    }
    whole = {"year": number, **({"synthetic": True} if synthetic else {}), "answers": plain}
    return yaml_text.dumped(whole, 200)
