"""The answers of a baseline questionnaire, as ``inventory`` tells and writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.declared.maturity import Year
    from helpers.filling_in.inventory.answering import AnswerStep
    from helpers.filling_in.inventory.questionnaire import ReadAnswers


@dataclass(frozen=True)
class Answered:
    """What the answers of a sheet would change in the catalogue in ``folder``."""

    steps: list[AnswerStep]
    years: dict[int, Year]
    folder: Path
    overwrite: bool

    @classmethod
    def of(cls, answers: ReadAnswers, folder: Path, *, overwrite: bool) -> Self:
        """The steps of the sheet; ``ConfigurationError`` where the catalogue's answers are not
        right."""
        from helpers.declared import maturity  # only where it is asked for
        from helpers.filling_in.inventory import answering  # the same

        years = maturity.years(folder)
        return cls(answering.plan(answers.rows, years), years, folder, overwrite)

    @property
    def kept(self) -> int:
        """How many answers of the catalogue stay though the sheet says otherwise."""
        return 0 if self.overwrite else sum(not step.fills for step in self.steps)

    def lines(self, language: str) -> Iterator[str]:
        """A line for each answer that is new or another, and how many stay as they are."""
        from helpers.declared import organisations  # only where it is asked for

        for step in self.steps:
            owner = organisations.organisation(step.row.organisation)
            taken = step.fills or self.overwrite
            before = step.before.answer if step.before else "unknown"
            yield text(
                f"inventory.plan.{'answered' if taken else 'answer_kept'}",
                language,
                organisation=owner.name if owner else step.row.organisation,
                year=str(step.row.year),
                question=step.row.question,
                before=text(f"inventory.maturity.{before}", language),
                after=text(f"inventory.maturity.{step.after['answer']}", language),
                row=step.row.number,
            )
        if self.kept:
            yield text("inventory.plan.answer_conflicts", language, count=self.kept)

    def write(self) -> list[str]:
        """The files that were written, from the catalogue's folder."""
        from helpers.filling_in.inventory import answering  # only where it is asked for

        files = answering.apply(self.steps, self.years, self.folder, overwrite=self.overwrite)
        return [file.relative_to(self.folder).as_posix() for file in files]
