"""Of each file that is broken, and of each that was reported against others, answers and relations
are told or refused: never a traceback, never a value of a marked column, no text without its
figures, no count of a few people, and no sentence about what is not there."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from tests.sampling import some

from helpers.advising.answers.answer import Answer
from helpers.reporting import show_relations
from helpers.reporting.show_answers import Answers
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.words.errors import InputRefused
from helpers.words.messages import LANGUAGES

from .test_bad import REAL, bad_files, packed

CASES = REAL.parent / "cases"
SHORT = 5  # letters of a value that may stand in a sentence by chance
# a figure that has no value, a key that was not filled in, what holds no rows
UNTRUE = re.compile(r"år –|\{\w+\}|\bNone\b|\bnan\b|\b0 av 0\b|med – har|Alla 0 ")


def cases() -> list[str]:
    """What was reported against other tools, in the smallest form."""
    names = CASES.iterdir() if CASES.is_dir() else []
    return sorted(str(Path("..", "cases", one.name)) for one in names if one.suffix != ".md")


def files() -> list[str]:
    return [*cases(), *(str(Path("bad", name)) for name in bad_files())]


def marked_values(opened: Opened) -> set[str]:
    """What stands in the cells of marked columns of any table."""
    assert opened.snapshot is not None and opened.screening is not None
    found = set()
    for table in opened.snapshot.tables:
        marked = opened.screening.marked(table.name)
        source = opened.snapshot.parquet(table)
        for column in table.columns:
            if column.name in marked:
                cells = duckdb.execute(f"select distinct \"{column.text}\" from '{source}'")
                found |= {str(one).strip() for (one,) in cells.fetchall() if one}
    return {one for one in found if len(one) >= SHORT}


@pytest.mark.real
@pytest.mark.parametrize("name", some(9, files()))
def test_what_a_bad_file_answers(name: str, real: Path, tmp_path: Path):
    opened = Opened(packed(real / name, tmp_path), store=Store(tmp_path / "store"), twice=False)
    try:
        answers = [Answer.from_json(one) for one in opened.answers]
    except InputRefused as refused:
        assert refused.text("sv") and refused.text("en")
        return
    assert opened.screening is not None and opened.snapshot is not None
    about = {risk.k for risk in opened.screening.risks if not risk.counted}
    for answer in answers:
        assert bool(answer.why) == (not answer.said and not answer.marks and not answer.ground)
        for mark in answer.marks if about else ():
            assert mark.rows is None or mark.rows == 0 or mark.rows >= max(about)
    kept = marked_values(opened)
    for language in LANGUAGES:
        made = Answers(answers, opened.type, language)
        relations = show_relations.relations(opened, language)
        told = [repr(made), made._repr_html_(), repr(relations), relations._repr_html_()]
        assert not UNTRUE.search("\n".join([repr(made), repr(relations)]))
        assert not [one for one in kept if any(one in page for page in told)]
