"""What the catalogue says is published, and where: the entry's own address, that of its package, or
the folder where its organisation's files lie."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from rdflib import Graph, URIRef
from rdflib.namespace import DCAT

from helpers.declared import organisations
from helpers.declared.catalogue import Entry
from helpers.filling_in.packaging.table import DRAFT
from helpers.metadata import identity, reading
from helpers.metadata.terms import SPDX
from helpers.running.packages.earlier import METADATA
from helpers.running.packages.one import SCHEMA
from helpers.words.errors import DatakollenError

OUT = ("published", "maintained")  # stages
ENDINGS = frozenset(
    ".csv .tsv .txt .json .geojson .xlsx .xls .ods .zip .parquet .gpkg .kml .fgb .gml".split()
)
OWN, PACKAGE, FOLDER = "entry", "package", "organisation"  # what an address rests on


@dataclass(frozen=True)
class Package:
    """What the last package in a folder says. ``checksums``: by address the SHA-1 (hexadecimal) of
    the file, "" for one without; ``columns``: of its table. ``draft``: it was never to go out;
    ``unread``: its metadata cannot be read."""

    checksums: dict[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    draft: bool = False
    unread: bool = False

    @property
    def known(self) -> bool:
        return bool(self.checksums)


@dataclass(frozen=True)
class Published:
    """A candidate that is said to be published. ``address``: None where nobody has said;
    ``rests_on``: ``entry``, ``package`` or ``organisation``; ``file``: a file is to lie there, and
    no page about it; ``national``: it is a national source's, not the organisation's own."""

    entry: Entry
    address: str | None
    rests_on: str
    package: Package
    national: bool = False

    @property
    def file(self) -> bool:
        return self.rests_on != OWN or suffix(self.address) in ENDINGS

    @property
    def checksum(self) -> str:
        """The SHA-1 that the package has of what lies at the address; "" where it knows none."""
        return self.package.checksums.get(identity.encoded(self.address or ""), "")


def suffix(address: str | None) -> str:
    """How the file's name in an address ends, in small letters; "" where there is none.

    >>> suffix("https://example.se/a/B%C3%A5t.CSV?x=1")
    '.csv'
    """
    try:
        path = unquote(urlsplit(address or "").path)
    except ValueError:
        return ""
    return PurePosixPath(path).suffix.lower()


def _said(graph: Graph, node: URIRef) -> dict[str, str]:
    """Address -> checksum of each form of the dataset."""
    found: dict[str, str] = {}
    for form in graph.objects(node, DCAT.distribution):
        sums = [
            str(value)
            for checksum in graph.objects(form, SPDX.checksum)
            for value in graph.objects(checksum, SPDX.checksumValue)
        ]
        places = [graph.value(form, name) for name in (DCAT.downloadURL, DCAT.accessURL)]
        for place in filter(None, places):
            found.setdefault(str(place), sums[0] if sums else "")
    return found


def package(folder: Path | None, entry: Entry) -> Package:
    """What the last package of a candidate says, in ``folder`` or in the folder of its id there;
    nothing where there is none, and only that it is there of a draft."""
    if folder is None:
        return Package()
    owner = organisations.organisation(entry.organisation)
    node = URIRef(identity.dataset(identity.base_of(owner, synthetic=entry.synthetic), entry.id))
    unread = drafted = False
    for place in (folder / entry.id, folder):
        drafted = drafted or (place / f"{DRAFT}{METADATA}").is_file()
        if not (place / METADATA).is_file():
            continue
        try:
            found = _said(reading.read(place / METADATA).graph, node)
        except (DatakollenError, OSError):
            unread = True
            continue
        if found:
            ordered = sorted(found.items(), key=lambda one: _order(one[0]))
            return Package(dict(ordered), _columns(place / SCHEMA))
    return Package(draft=drafted, unread=unread)


def _columns(file: Path) -> tuple[str, ...]:
    """The columns of the package's table, by the schema beside it; none where that cannot be
    read."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        return tuple(str(field["name"]) for field in json.loads(file.read_bytes())["fields"])
    return ()


def _order(address: str) -> tuple[bool, str]:
    """The table first."""
    return suffix(address) != ".csv", address


def is_out(entry: Entry) -> bool:
    """True where the entry says that its data lie somewhere already."""
    if entry.published.status != "unknown":
        return entry.published.status != "no"
    return entry.published.url is not None or entry.stage in OUT


def of(entry: Entry, folder: Path | None) -> Published:
    """What is published of an entry that ``is_out``. ``folder``: where packages were written."""
    known = package(folder, entry)
    national = entry.published.status == "national_source"
    if entry.published.url is not None:
        return Published(entry, entry.published.url.raw.strip(), OWN, known, national)
    if known.known:
        return Published(entry, next(iter(known.checksums)), PACKAGE, known)
    owner = organisations.organisation(entry.organisation)
    if owner is not None and owner.publishing.files and not national:
        base = identity.base_of(owner, synthetic=entry.synthetic)
        address = identity.file(owner, base, entry.id, f"{entry.id}.csv")
        return Published(entry, address, FOLDER, known)
    return Published(entry, None, "", known, national)


def chosen(entries: Iterable[Entry], folder: Path | None) -> list[Published]:
    """All of them that are said to be out, in the catalogue's order."""
    return [of(entry, folder) for entry in entries if is_out(entry)]
