"""What is proposed for a dataset of a type where its entry says nothing, and what is known of the
ways to publish: data/reference/publication.yaml; named areas: data/reference/geonames.csv."""

from __future__ import annotations

import csv
from typing import Annotated, Literal

from pydantic import Field

from helpers.declared import agencies, files
from helpers.declared.files import Declared, Exactly, Filled, Listed, Said
from helpers.declared.organisations import Organisation
from helpers.words.files.ours import File, remembered
from helpers.words.messages import LANGUAGES

REFERENCE = File("data/reference/publication.yaml")
PLACES = File("data/reference/geonames.csv")
# as people mark facts: read in the source named, put together or told by others, remembered
SIGNS = {"verified": "V", "reconstructed": "R", "memory": "M"}
ABOUT = ("file", "shared_catalogue", "own_source", "entryscape", "harvest")


class Proposal(Declared):
    """What fits a dataset of the type, as a proposal. ``description`` names ``{organisation}``."""

    type: Filled
    themes: Annotated[Listed[Filled], Field(min_length=1)]
    keywords: Annotated[dict[str, Listed[Filled]], Exactly(LANGUAGES)]
    description: Said


class Fact(Declared):
    """One thing that is known of a way to publish. ``source``: where it was read."""

    id: Filled
    about: Literal["file", "shared_catalogue", "own_source", "entryscape", "harvest"]
    said: Said
    status: Literal["verified", "reconstructed", "memory"]
    source: Filled

    @property
    def sign(self) -> str:
        """V, R or M."""
        return SIGNS[self.status]

    def text(self, language: str) -> str:
        """What is known, with the names that agencies have now."""
        return agencies.filled(self.said)[language]


class Reference(Declared):
    """The whole file."""

    types: Listed[Proposal]
    facts: Listed[Fact]


@remembered
def known() -> Reference:
    """The reference file. Raises ``ConfigurationError`` with every fault of it."""
    return files.read(REFERENCE.path, Reference, files.once("facts"))


def proposal(type: str) -> Proposal | None:
    """What is proposed for the type; None where nothing is."""
    return next((one for one in known().types if one.type == type), None)


def facts(about: str) -> list[Fact]:
    """What is known of one of ``ABOUT``, in order."""
    return [fact for fact in known().facts if fact.about == about]


@remembered
def _places() -> dict[str, str]:
    rows = csv.DictReader(PLACES.text().splitlines(), delimiter=";")
    return {row["kod"]: f"http://sws.geonames.org/{row['geonames']}" for row in rows}


def area_of(organisation: Organisation) -> str | None:
    """The IRI of the municipality or county as EntryScape's forms name it; None where it is not
    among those that were read. Source: GeoNames (CC BY 4.0), by the labels of harvested
    catalogues."""
    code = organisation.kommunkod or (
        organisation.lanskod if organisation.kind == "region" else None
    )
    return _places().get(code) if code else None
