"""The states of columns in words: column by column, and each state once with the columns that have
it."""

from __future__ import annotations

from typing import Any

from helpers.profiling.states import together
from helpers.words.display import MAX_SHOWN
from helpers.words.escaping import shown
from helpers.words.messages import number, text


def states(column: dict[str, Any], language: str) -> str:
    """What there is to say of one profiled column; '' where there is nothing."""
    return "; ".join(
        text(f"reporting.states.{told['state']}", language, count=told["count"])
        for told in column["states"]
    )


def summary(columns: list[dict[str, Any]], language: str) -> list[str]:
    """A sentence for each state, with how many columns have it and their names."""
    said = []
    for state, held in together(columns).items():
        names = ", ".join(
            f"{shown(name)} ({number(count, language)})" for name, count in held[:MAX_SHOWN]
        )
        more = (
            f" {text('show.more', language, count=number(len(held) - MAX_SHOWN, language))}"
            if len(held) > MAX_SHOWN
            else ""
        )
        label = text(f"reporting.column_states.{state}", language)
        said.append(f"{label} ({number(len(held), language)}): {names}{more}")
    return said
