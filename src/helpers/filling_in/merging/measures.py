"""What rows of several organisations are held against when they are put together, each number with
its reason: ``data/reference/together.yaml``."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.declared import files, specifications
from helpers.declared.files import Declared, Filled, Known, Listed, Said
from helpers.words.files.ours import File, remembered

REFERENCE = File("data/reference/together.yaml")


class Measure(Declared):
    """A number, and why it is that one. Metres, shares, years or rows, as its name says."""

    value: float
    because: Said


class Identity(Declared):
    """When two rows may be one object. ``*_m``: metres; ``alike``: share of letters."""

    near_m: Measure
    far_m: Measure
    spot_m: Measure
    point_m: Measure
    moved_m: Measure
    alike: Measure
    year_slack: Measure
    crowd: Measure
    rows: Measure


class Whole(Declared):
    """What only the whole can show: see ``whole``."""

    kind_rows: Measure
    kind_others: Measure
    level_ratio: Measure
    level_rows: Measure
    kinds: Measure


class Telling(Declared):
    """Which fields of a type tell one object from another. ``known``: identities that others gave;
    ``beside``: shown beside each other, and decide nothing."""

    type: Filled
    name: Filled
    maker: Filled | None = None
    year: Filled | None = None
    kind: Filled | None = None
    known: Listed[Filled]
    beside: Listed[Filled]
    status: Known

    @property
    def fields(self) -> tuple[str, ...]:
        """Those that are held beside each other, but for the name, in order."""
        single = (self.maker, self.year, self.kind)
        return (*(field for field in single if field), *self.known, *self.beside)

    def public(self, name: str) -> bool:
        """True for a field that names persons who are meant to be public, as artists are."""
        return specifications.load(self.type).field(name).personal == "public_role"


class Reference(Declared):
    """The whole file."""

    identity: Identity
    whole: Whole
    types: Listed[Telling]
    generic: Listed[Filled]
    nameless: Listed[Filled]
    unmade: Listed[Filled]
    opposites: Listed[Listed[Filled]]


def _fitting(declared: Reference, fault: files.Tell) -> None:
    """Each type is one, and has the fields that are named."""
    for i, telling in enumerate(declared.types):
        if telling.type not in specifications.types():
            fault("dataset_type", "types", i, "type", type=telling.type)
            continue
        known = {field.name for field in specifications.load(telling.type).fields}
        for name in (telling.name, *telling.fields):
            if name not in known:
                fault("no_field", "types", i, name=name)


@remembered
def known() -> Reference:
    """The file as it stands. ``ConfigurationError`` with every fault in it."""
    return files.read(REFERENCE.path, Reference, _fitting)


def telling(type: str) -> Telling | None:
    """What tells objects of the type apart; None for a type whose rows are no objects with a name,
    as invoices are."""
    return next((one for one in known().types if one.type == type), None)


def every() -> Iterator[tuple[str, Measure]]:
    """Each number with its name, in the file's order."""
    reference = known()
    for part in (reference.identity, reference.whole):
        yield from part
