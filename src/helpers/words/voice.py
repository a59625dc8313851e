"""The voice of errors and faults: they have keys and values; ``messages`` lends them its texts when
it is imported.

So errors know no texts, and the texts may be read by what raises errors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_text: list[Callable[..., str]] = []


def lend(text: Callable[..., str]) -> None:
    """``text(key, language, *, default, **values)`` says a key from now on."""
    _text[:] = [text]


def said(key: str, language: str, default: str | None = None, **values: Any) -> str:
    """The key in words; the key itself while nobody lends a voice. ``KeyError`` where there is no
    text and no default."""
    if not _text:
        return key if default is None else default
    return _text[0](key, language, default=default, **values)
