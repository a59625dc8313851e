"""An organisation that publishes, entries, and their descriptions, as tests ask for them. All
addresses are reserved ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from helpers.declared import catalogue, organisations, specifications
from helpers.declared.catalogue import Entry
from helpers.declared.organisations import Contact, Organisation, Publishing
from helpers.metadata import described
from helpers.metadata.building import catalogue as building
from helpers.metadata.building.statements import Statements
from helpers.metadata.described import Catalogue, Dataset, PackageFile, Standing

BASE = "https://data.example.se/karlskrona"
FILES = "https://data.example.se/filer"
CONTACT = Contact(name="Öppna data", email="oppnadata@example.se")
OUT = Standing((), dt.date(2026, 1, 2), dt.date(2026, 2, 3))
DRAFT = Standing(("no_decision",), None, dt.date(2026, 2, 3))
CSV = PackageFile("bad.csv", "csv", "text/csv", 123, "ab" * 20, ("tableschema.json",), 9, 4)
MAP = PackageFile("bad.geojson", "geojson", "application/geo+json", 456, "cd" * 20, (), 9, 4)
WHOLE = {
    "description": "Badplatser i Karlskrona kommun.",
    "keywords": ["badplatser"],
    "theme": "REGI",
    "licence": "CC0-1.0",
    "update_frequency": "MONTHLY",
    "contact": "oppnadata@example.se",
}


def publisher(id: str = "karlskrona", **publishing: Any) -> Organisation:
    """The organisation with all that a package needs of it, or with what is given instead."""
    own = {"base": BASE, "files": FILES, "contact": CONTACT} | publishing
    found = organisations.organisation(id)
    assert found is not None
    return found.model_copy(update={"publishing": Publishing(**own)})


def entry(id: str = "bad", **fields: Any) -> Entry:
    """An entry that lacks nothing but what is given as None."""
    plain = {"id": id, "title": "Badplatser", "type": "platsinformation"}
    return Entry(**(plain | {"organisation": "karlskrona"} | WHOLE | fields))


def dataset(
    one: Entry, owner: Organisation | None, standing: Standing = OUT, variant: str = "badplats"
) -> Dataset:
    known = one.type in specifications.types()
    whole = specifications.load(one.type, variant) if known else None
    return described.dataset(one, owner, whole, (CSV, MAP), standing)


def whole(
    *several: Entry, standing: Standing = OUT, owner: Organisation | None = None
) -> Catalogue:
    """The catalogue of these entries."""
    theirs = owner or publisher()
    return described.catalogue(theirs, [dataset(one, theirs, standing) for one in several])


def graph(*several: Entry, standing: Standing = OUT) -> Statements:
    return building.statements(whole(*several, standing=standing))


def parsed(text: str) -> Entry:
    return catalogue.parsed(text, "bad.yaml")
