"""The table of reported cases and kinds: what each is, where it is mended, and which test holds it.

``python -m tests.real.cases`` writes ``cases.md`` anew from the tables that the tests read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = HERE / "cases.md"
TABLES = {  # each with the test that reads it
    "cases_texts": "real/test_cases_texts.py::test_a_case",
    "cases_values": "real/test_cases_values.py::test_a_case_is_read_right_or_told",
    "cases_books": "real/test_cases_books.py::test_a_workbook_is_read_as_it_is_shown",
    "cases_geo": "real/test_cases_geo.py::test_as_it_should_be_read",
    "cases_accused": "real/test_cases_accused.py::test_as_it_should_be_told",
    "cases_others": "",
}
HEAD = """# Reported cases and kinds

Written by `python -m tests.real.cases` from the `cases_*.yaml` beside it. A case is a small file, a number of the list of kinds
or words; *held by* names the test.

| case | kind | mended in | held by |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Case:
    """One row. ``mended``: files or folders of the project; empty where ``reason`` says why it is
    not mended."""

    case: str
    kind: str
    mended: tuple[Path, ...]
    proof: str
    reason: str = ""

    def line(self) -> str:
        where = ", ".join(f"`{path.relative_to(ROOT)}`" for path in self.mended)
        held = f"`tests/{self.proof}`" if self.proof else ""
        return f"| {self.case} | {self.kind} | {where or f'not mended: {self.reason}'} | {held} |\n"


def _place(written: str) -> Path:
    """``reading/dates``, ``reading/dates.py``, ``helpers.reading.dates`` or a path of the
    project."""
    path = written.removeprefix("helpers.").replace(".", "/") if "/" not in written else written
    tried = [ROOT / "src" / "helpers" / path, ROOT / "src" / "helpers" / f"{path}.py", ROOT / path]
    return next((one for one in tried if one.exists()), tried[0])


def _entries(name: str) -> Iterator[dict[str, Any]]:
    plain = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    if isinstance(plain, dict):
        plain = [{"case": case, **said} for case, said in plain.items()]
    yield from plain


def cases() -> list[Case]:
    """Every row of every table, in the order of the tables."""
    return [
        Case(
            str(entry["case"]),
            entry["kind"],
            tuple(map(_place, entry.get("mended", "").split(", "))) if "mended" in entry else (),
            entry.get("proof", proof),
            entry.get("not_mended", ""),
        )
        for name, proof in TABLES.items()
        for entry in _entries(name)
    ]


def page() -> str:
    return HEAD + "".join(case.line() for case in cases())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
