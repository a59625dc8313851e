"""Which kind within its type a candidate is, such as bathing places among places: data/reference/subtypes.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from helpers import paths
from helpers.catalogue import Entry
from helpers.roles import mentions


@dataclass(frozen=True)
class Subtype:
    id: str
    type: str
    title: dict[str, str]
    words: list[str]


@cache
def load() -> dict[str, Subtype]:
    plain = yaml.safe_load((paths.reference() / "subtypes.yaml").read_text("utf-8"))
    return {one["id"]: Subtype(**one) for one in plain["subtypes"]}


def of(entry: Entry) -> str | None:
    """The subtype's id, or None where no word tells it."""
    return next((one.id for one in load().values() if one.type == entry.type and mentions(entry, one.words)), None)
