"""Waiting for a page without asking the page to wait: its policy forbids the `eval` that Playwright's
own `wait_for_function` polls with, from the second time on."""

from __future__ import annotations

from typing import Any

STEP_MS, STEPS = 50, 600


def until(shown: Any, expression: str, arg: Any = None) -> None:
    """Ask a page or frame for a JavaScript expression until it holds.

    :raises AssertionError: it never held.
    """
    for _ in range(STEPS):
        if shown.evaluate(expression, arg):
            return
        (getattr(shown, "page", None) or shown).wait_for_timeout(STEP_MS)
    raise AssertionError(f"it never became so: {expression}")
