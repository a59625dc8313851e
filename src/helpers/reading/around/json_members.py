"""What a JSON document holds beside its records: every key and value that became no cell, under the
path of keys that leads to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import repeat
from typing import Any

from helpers.reading.around.files import spelled
from helpers.reading.surroundings import Part, Surroundings

REMEMBERED = 100_000  # texts known to have been handed over: what every record repeats counts once


def leaves(
    value: Any, path: str = "", cells: Collection[int] = frozenset()
) -> Iterator[tuple[str, str, bool]]:
    """Path, text and whether it is a key, of all that is not in ``cells``: objects and lists, by
    identity.

    >>> list(leaves({"meta": {"author": ["Ek", None]}}))
    [('', 'meta', True), ('meta', 'author', True), ('meta.author', 'Ek', False)]
    """
    waiting: list[Iterator[tuple[Any, str]]] = [iter([(value, path)])]
    while waiting:
        item, under = next(waiting[-1], (waiting, ""))
        if item is waiting:
            waiting.pop()
        elif id(item) in cells:
            continue
        elif isinstance(item, dict):
            for key in item:
                yield under, str(key), True
            waiting.append(_members(item, under))
        elif isinstance(item, list):
            waiting.append(zip(item, repeat(under)))
        elif item is not None and not isinstance(item, bool):
            yield under, str(item), False


def _members(item: dict[str, Any], under: str) -> Iterator[tuple[Any, str]]:
    for key, child in item.items():
        yield child, f"{under}.{key}" if under else str(key)


def hand_over(
    value: Any,
    surroundings: Surroundings,
    place: str = "json_member",
    path: str = "",
    cells: Collection[int] = frozenset(),
) -> None:
    """All of ``value`` but the ``cells``. Keys are names: each is told once, as ``json_key``."""
    known: set[tuple[str, str]] = set()
    for under, text, is_key in leaves(value, path, cells):
        kind = "" if is_key else under
        if (kind, text) in known:
            continue
        if len(known) < REMEMBERED:
            known.add((kind, text))
        surroundings.add(
            Part("json_key", text) if is_key else Part(place, spelled(text), label=under)
        )
