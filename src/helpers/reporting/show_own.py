"""How to go on by oneself: what can be asked of an opened dataset, and what each gives."""

from __future__ import annotations

from helpers.words.display import Display, head
from helpers.words.messages import text

ASKED = {
    "frame": "dataset.frame()",
    "points": "dataset.points()",
    "findings": "dataset.findings_frame()",
    "rows_of": 'dataset.rows_of("id")',
    "sql": 'dataset.sql("select count(*) from data")',
    "map": "dataset.map()",
    "answers": "helpers.show.answers(dataset)",
    "relations": "helpers.show.relations(dataset)",
    "expectations": "dataset.expectations()",
    "suggest": "helpers.suggest_rules(dataset)",
}


def own(language: str = "sv", *, placed: bool = True) -> Display:
    """A line for each question; ``placed``: whether the dataset has positions."""
    rows = [
        (code, text(f"show.own.{name}", language))
        for name, code in ASKED.items()
        if placed or name not in ("points", "map")
    ]
    return Display(head("own", language, "write", "gives"), rows, text("show.own.more", language))
