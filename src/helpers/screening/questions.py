"""The legal questions: which of them a dataset raises, under which law, and who usually answers.

They stand in data/reference/questions.yaml with the status of each reference. A dataset is asked
only those it raises.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Known, Listed, Said
from helpers.screening.column import Seen
from helpers.screening.marks import Screening
from helpers.words.files.ours import File, remembered

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

QUESTIONS = File("data/reference/questions.yaml")


class RaisedBy(Declared):
    """What raises a question: any one of these. ``type``: of the dataset; ``kinds``: of marks and
    risks; ``columns``: words in a header, folded, but in none that holds one of ``not_columns``;
    ``supplier_owns_data``: answers that do."""

    always: bool = False
    type: Listed[Filled] = ()
    kinds: Listed[Filled] = ()
    columns: Listed[Filled] = ()
    not_columns: Listed[Filled] = ()
    supplier_owns_data: Listed[Literal["yes", "no", "unknown"]] = ()


class Question(Declared):
    """One question. "yes" is the answer that hinders; ``blocks`` is the verdict that it leads
    to."""

    id: Filled
    title: Said
    ask: Said
    law: Said
    status: Known
    who: Said
    help: Said
    blocks: Literal["granska", "stopp"]
    raised_by: RaisedBy

    def raised(
        self, type: str, columns: Iterable[str], screening: Screening, entry: Entry | None
    ) -> bool:
        """True where the dataset's type, a header, a mark or risk, or what is declared raises the
        question."""
        by = self.raised_by
        kinds = {mark.kind for mark in screening.marks} | {risk.kind for risk in screening.risks}
        system = entry.source_system.supplier_owns_data if entry is not None else "unknown"
        return (
            by.always
            or type in by.type
            or bool(kinds & set(by.kinds))
            or any(
                seen.says(by.columns) and not seen.says(by.not_columns)
                for seen in (Seen("", name) for name in columns)
            )
            or system in by.supplier_owns_data
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


class Questions(Declared):
    """The whole file."""

    questions: Listed[Question]


@remembered
def every() -> tuple[Question, ...]:
    """All questions, in the file's order. Raises ``ConfigurationError`` where it is not right."""
    return files.read(QUESTIONS.path, Questions, files.once("questions")).questions


def raised(
    type: str, columns: Iterable[str], screening: Screening, entry: Entry | None
) -> list[Question]:
    """The questions that this dataset raises, in the file's order."""
    names = list(columns)
    return [question for question in every() if question.raised(type, names, screening, entry)]
