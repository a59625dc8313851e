"""Waiting for a page without asking the page to wait: its policy forbids the `eval` that Playwright's
own `wait_for_function` polls with, from the second time on."""

from __future__ import annotations

from typing import Any

STEP_MS, STEPS = 50, 600
# of a map: that it is drawn, how many a layer's marks stand for, what its popups say
DRAWN = "document.documentElement.dataset.drawn"
COUNTED = """key => [...document.querySelectorAll(`[data-layer="${key}"]`)].reduce((n, e) => n + Number(e.dataset.count), 0)"""
POPUPS = "[...document.querySelectorAll('.leaflet-popup')].map(one => one.innerText)"


def until(shown: Any, expression: str, arg: Any = None) -> None:
    """Ask a page or frame for a JavaScript expression until it holds.

    :raises AssertionError: it never held.
    """
    for _ in range(STEPS):
        if shown.evaluate(expression, arg):
            return
        (getattr(shown, "page", None) or shown).wait_for_timeout(STEP_MS)
    raise AssertionError(f"it never became so: {expression}")


def count(shown: Any, key: str, wanted: int) -> None:
    """The marks of a layer become so many: they are drawn a moment after what calls for them."""
    until(shown, f"([key, count]) => ({COUNTED})(key) === count", [key, wanted])


def popup(shown: Any, heading: str) -> str:
    """The text of the popup that begins so: one that closes is still there for a moment, and may
    name the same place further on."""
    until(shown, f"text => ({POPUPS}).some(one => one.trim().startsWith(text))", heading)
    return next(one for one in shown.evaluate(POPUPS) if one.strip().startswith(heading))
