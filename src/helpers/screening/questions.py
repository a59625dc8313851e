"""The legal questions: which of them a dataset raises, under which law, and who usually answers.

They stand in data/reference/questions.yaml with the status of each reference. A dataset is asked
only those it raises.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.screening.column import Seen
from helpers.screening.marks import Screening
from helpers.words.files import strict_yaml
from helpers.words.files.ours import File, remembered

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

QUESTIONS = File("data/reference/questions.yaml")
Texts = dict[str, str]  # sv, en


@dataclass(frozen=True)
class Question:
    """One question. "yes" is the answer that hinders; ``blocks`` is the verdict that it leads
    to."""

    id: str
    title: Texts
    ask: Texts
    law: Texts
    status: str  # verified | memory
    who: Texts
    help: Texts
    blocks: str
    raised_by: dict[str, Any]

    def raised(
        self, type: str, columns: Iterable[str], screening: Screening, entry: Entry | None
    ) -> bool:
        """True where the dataset's type, a header, a mark or risk, or what is declared raises the
        question."""
        by = self.raised_by
        kinds = {mark.kind for mark in screening.marks} | {risk.kind for risk in screening.risks}
        system = entry.source_system.supplier_owns_data if entry is not None else "unknown"
        return (
            bool(by.get("always"))
            or type in by.get("type", ())
            or bool(kinds & set(by.get("kinds", ())))
            or any(Seen("", name).says(by.get("columns", ())) for name in columns)
            or system in by.get("supplier_owns_data", ())
        )

    def to_json(self) -> dict[str, Any]:
        """What results say of the question: its law with the status of the reference, and who
        usually answers."""
        return {
            "id": self.id,
            "title": self.title,
            "law": self.law,
            "status": self.status,
            "who": self.who,
        }

    def answer(self, entry: Entry | None) -> str:
        """yes | no | unknown, as declared."""
        declared = getattr(entry.legal, self.id, None) if entry is not None else None
        return str(declared.answer) if declared is not None else "unknown"


@remembered
def every() -> tuple[Question, ...]:
    """All questions, in the file's order. Raises ConfigurationError where it is not understood."""
    return strict_yaml.built(
        QUESTIONS.path, lambda plain: tuple(Question(**question) for question in plain["questions"])
    )


def raised(
    type: str, columns: Iterable[str], screening: Screening, entry: Entry | None
) -> list[Question]:
    """The questions that this dataset raises, in the file's order."""
    names = list(columns)
    return [question for question in every() if question.raised(type, names, screening, entry)]
