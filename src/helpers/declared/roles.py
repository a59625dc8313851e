"""Who usually does what when a dataset of a type is published: data/reference/roles.yaml, a help to
start from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from helpers.declared import files, organisations
from helpers.declared.catalogue import Entry
from helpers.declared.files import Declared, Exactly, Filled, Known, Listed, Said
from helpers.words.files.ours import File, remembered
from helpers.words.folding import fold
from helpers.words.messages import LANGUAGES

REFERENCE = File("data/reference/roles.yaml")


# who usually holds a role; ``region``: the Swedish word where a region has another one
Holder = Annotated[dict[str, Filled], Exactly(LANGUAGES, ("region",))]


class Role(Declared):
    """One role: its name, who usually holds it for the dataset's type, and what it does."""

    id: Filled
    name: Said
    usual: Holder
    does: Said


class OfType(Declared):
    """What is usual for a dataset type, or for those of it that have one of ``words``: role ->
    holder."""

    type: Filled
    words: Listed[Filled] | None = None
    usual: dict[str, Holder]


class Reference(Declared):
    """The whole file. ``roles`` in the order in which a paper shows them."""

    status: Known
    roles: Listed[Role]
    types: Listed[OfType]


def _fitting(declared: Reference, fault: files.Tell) -> None:
    """Each role stands once, and a type speaks of no other."""
    files.once("roles")(declared, fault)
    known = [role.id for role in declared.roles]
    for i, of_type in enumerate(declared.types):
        for name in of_type.usual:
            if name not in known:
                fault("among", "types", i, "usual", name, known=", ".join(known))


@remembered
def _file() -> Reference:
    return files.read(REFERENCE.path, Reference, _fitting)


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
        row.usual
        for row in _file().types
        if row.type == entry.type and (row.words is None or mentions(entry, row.words))
    )
    usual = next(fitting, {})
    owner = organisations.organisation(entry.organisation)
    region = owner is not None and owner.kind == "region"

    def holder(texts: dict[str, str]) -> dict[str, str]:
        return {
            "sv": texts["region"] if region and "region" in texts else texts["sv"],
            "en": texts["en"],
        }

    return {
        role.id: role.model_copy(update={"usual": holder(usual.get(role.id, role.usual))})
        for role in _file().roles
    }


def status() -> str:
    """How well the file is known: memory | verified."""
    return _file().status
