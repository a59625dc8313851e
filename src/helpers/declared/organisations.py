"""Who publishes: every municipality and region in Sweden, and what ``data/organisations.yaml``
declares beside or over them.

Codes and names of municipalities are SCB's, in ``data/reference/municipalities.csv``; the regions'
names are in ``regions.yaml``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, RootModel

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Listed
from helpers.words.files.ours import File, remembered
from helpers.words.files.validated import wrong

DECLARED = File("data/organisations.yaml")
MUNICIPALITIES = File("data/reference/municipalities.csv")
REGIONS = File("data/reference/regions.yaml")
UNKNOWN = "okand"
OWN_NAMES = {"0980": "Region Gotland", "2080": "Falu kommun"}
# before they are municipalities
WORDS = frozenset("ale ange are berg boden kil klippan mark mora sala vara".split())


# a whole address of the web, without a query or a fragment: others are made by adding to it
_WEB = re.compile(r"https?://[^\s/?#@:]+\.[^\s/?#@:]+(:\d+)?(/[^\s?#]*)?")
_MAILBOX = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")


def is_web(text: str) -> bool:
    """True for a whole http or https address that others can be made of.

    >>> is_web("https://data.example.se/karlskrona"), is_web("data.example.se"), is_web("file:///x")
    (True, False, False)
    """
    return _WEB.fullmatch(text) is not None


def mailbox_in(text: str) -> str | None:
    """The first address of mail in a text; None where there is none.

    >>> mailbox_in("Öppna data, oppnadata@example.se"), mailbox_in("växeln")
    ('oppnadata@example.se', None)
    """
    found = _MAILBOX.search(text)
    return found[0].removeprefix("mailto:").strip(".,;:()") if found else None


def _web(text: str) -> str:
    if not is_web(text):
        raise wrong("web")
    return text


def _mailbox(text: str) -> str:
    if not _MAILBOX.fullmatch(text):
        raise wrong("mailbox")
    return text


Web = Annotated[str, AfterValidator(_web)]


class Contact(Declared):
    """Who answers questions about the data: what the function is called, and its mailbox. Never a
    person's."""

    name: Filled
    email: Annotated[str, AfterValidator(_mailbox)]


class Publishing(Declared):
    """How the organisation publishes: what a package cannot be finished without, and asks for.

    ``base``: what every IRI of its catalogue begins with, kept for ever; ``files``: the address of
    the folder where its files lie; ``licence``: of the catalogue's own descriptions, as an entry
    writes one. ``homepage``: its page about open data.
    """

    base: Web | None = None
    files: Web | None = None
    contact: Contact | None = None
    homepage: Web | None = None
    licence: Filled | None = None


class Organisation(Declared):
    """``kommunkod`` four digits and ``lanskod`` two, as text."""

    id: Filled
    name: Filled
    kind: Literal["kommun", "region", "samverkan"]
    kommunkod: str | None = Field(default=None, pattern=r"^\d{4}$")
    lanskod: str | None = Field(default=None, pattern=r"^\d{2}$")
    organisationsnummer: str | None = Field(default=None, pattern=r"^\d{10}$")
    named_in_public: bool = False  # it has agreed to be named on pages that compare organisations
    publishing: Publishing = Publishing()

    @property
    def area(self) -> str | None:
        """The municipality's code, or the county's: where the organisation's points can be
        expected."""
        return self.kommunkod or self.lanskod


class Organisations(Declared):
    """The whole file of those that are declared."""

    organisations: Listed[Organisation]


class Regions(RootModel[dict[Annotated[str, Field(pattern=r"^\d{2}$")], Filled]]):
    """The whole file of regions: county code -> name."""

    model_config = ConfigDict(frozen=True, strict=True, defer_build=True)


def identity(name: str) -> str:
    """A name as an id: lower-case letters, digits and hyphens.

    >>> identity("Badplatser i Håbo")
    'badplatser-i-habo'
    """
    plain = name.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "kandidat"


def kommun(code: str, name: str) -> str:
    """The municipality as it calls itself: a name that ends in a consonant takes an s.

    >>> kommun("1082", "Karlshamn"), kommun("2480", "Umeå"), kommun("1490", "Borås")
    ('Karlshamns kommun', 'Umeå kommun', 'Borås kommun')
    """
    return (
        OWN_NAMES.get(code) or f"{name}{'' if name[-1].lower() in 'aeiouyåäösxz' else 's'} kommun"
    )


def _of_sweden() -> Iterator[Organisation]:
    rows = csv.DictReader(MUNICIPALITIES.text().splitlines(), delimiter=";")
    for code, name in ((row["kommunkod"], row["kommun"]) for row in rows):
        yield Organisation(
            id=identity(name),
            name=kommun(code, name),
            kind="kommun",
            kommunkod=code,
            lanskod=code[:2],
        )
    for code, name in files.read(REGIONS.path, Regions).root.items():
        yield Organisation(id=identity(name), name=name, kind="region", lanskod=code)


def _place(publisher: Organisation) -> tuple[str, str | None] | str:
    """What two entries for the same organisation agree in."""
    return publisher.id if publisher.kind == "samverkan" else (publisher.kind, publisher.area)


@remembered
def declared() -> dict[str, Organisation]:
    """Id -> organisation, of ``data/organisations.yaml`` alone."""
    listed = files.read(DECLARED.path, Organisations, files.once("organisations")).organisations
    return {publisher.id: publisher for publisher in listed}


@remembered
def organisations() -> dict[str, Organisation]:
    """Id -> organisation; the declared first. Where two would have one id (Håbo, Habo) the later
    ends with its code."""
    by_id = dict(declared())
    places = {_place(publisher) for publisher in by_id.values()}
    for publisher in _of_sweden():
        if _place(publisher) not in places:
            unique = (
                publisher
                if publisher.id not in by_id
                else publisher.model_copy(update={"id": f"{publisher.id}-{publisher.area}"})
            )
            by_id[unique.id] = unique
    return by_id


def organisation(id: str) -> Organisation | None:
    """The organisation with this id; None where there is none."""
    return organisations().get(id)


def of_code(code: str) -> Organisation | None:
    """Whose municipality code or organisation number this is; a code that lost its zero is
    understood.

    >>> of_code("1080").id, of_code("114").id, of_code("232100-0081").id
    ('karlskrona', 'upplands-vasby', 'region-blekinge')
    """
    digits = re.sub(r"\D", "", code)
    plain = digits.zfill(4) if len(digits) == 3 else digits
    return next(
        (
            publisher
            for publisher in organisations().values()
            if plain in (publisher.kommunkod, publisher.organisationsnummer)
        ),
        None,
    )


def of_name(stem: str) -> Organisation | None:
    """Whom the name of a file begins with, else ends with, but for a date and ``kommun``.

    >>> of_name("Umeå badplatser 2025").id, of_name("mark-och-exploatering")
    ('umea', None)
    >>> of_name("lekplatser_ronneby_2025-03").id
    'ronneby'
    """
    name = re.sub(r"(-(kommuns?|stads?|\d+))+$", "", f"-{identity(stem)}") + "-"
    known = [known_id for known_id in organisations() if known_id not in WORDS]
    for stands in (name.startswith, name.endswith):
        matching = [known_id for known_id in known if stands(f"-{known_id}-")]
        if matching:
            return organisations()[max(matching, key=len)]
    return None
