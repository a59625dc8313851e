"""Who usually does what when a dataset of a type is published: data/reference/roles.yaml, a help to
start from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpers.declared import organisations
from helpers.declared.catalogue import Entry
from helpers.words.files import strict_yaml
from helpers.words.files.ours import File, remembered
from helpers.words.folding import fold

REFERENCE = File("data/reference/roles.yaml")


@dataclass(frozen=True)
class Role:
    """One role: its name, who usually holds it for the dataset's type, and what it does. All in sv
    and en."""

    id: str
    name: dict[str, str]
    usual: dict[str, str]
    does: dict[str, str]


@remembered
def _file() -> dict[str, Any]:
    return strict_yaml.mapping(REFERENCE.path)


def words_of(entry: Entry) -> list[str]:
    """The words of an entry's title, id and keywords, folded; what a reference file's ``words`` are
    looked for in."""
    text = " ".join(map(str, [entry.title, entry.id.replace("-", " "), *entry.keywords]))
    return [fold(word) for word in re.split(r"[\W_]+", text) if word]


def mentions(entry: Entry, words: Iterable[str]) -> bool:
    """True where a word of the entry begins with one of ``words``: "skola" is in "skolan", not in
    "musikskola"."""
    return any(entry_word.startswith(word) for entry_word in words_of(entry) for word in words)


def roles(entry: Entry) -> dict[str, Role]:
    """Every role by id, in the file's order, as is usual for the entry's type."""
    fitting = (
        row
        for row in _file()["types"]
        if row["type"] == entry.type and ("words" not in row or mentions(entry, row["words"]))
    )
    usual: dict[str, dict[str, str]] = next(fitting, {"usual": {}})["usual"]
    owner = organisations.organisation(entry.organisation)
    region = owner is not None and owner.kind == "region"

    def holder(texts: dict[str, str]) -> dict[str, str]:
        return {
            "sv": texts["region"] if region and "region" in texts else texts["sv"],
            "en": texts["en"],
        }

    return {
        role["id"]: Role(**role | {"usual": holder(usual.get(role["id"], role["usual"]))})
        for role in _file()["roles"]
    }


def status() -> str:
    """How well the file is known: memory | verified."""
    return str(_file()["status"])
