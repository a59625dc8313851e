"""What a catalogue is to say of an organisation, its datasets and their files, field by field:
where each came from, and what is a proposal. No graph yet: forms are filled in from the same.

What an entry says is told as it may be shown: what looks personal in it is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from helpers.declared import publication
from helpers.declared.organisations import Organisation
from helpers.metadata import completeness, identity, vocabularies
from helpers.metadata.completeness import Lack
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.declared.fields import Specification

Texts = Mapping[str, str]  # language -> text


@dataclass(frozen=True)
class Publisher:
    """Who publishes. ``number``: the organisation number, ten digits."""

    iri: str
    name: str
    type: str | None
    number: str | None = None
    homepage: str | None = None


@dataclass(frozen=True)
class Contact:
    """Who answers questions: a function, never a person."""

    iri: str
    name: str
    email: str


@dataclass(frozen=True)
class PackageFile:
    """A file that a dataset has been written to. ``form``: csv, geojson, parquet, zip; ``size`` in
    bytes; ``checksum``: SHA-1 in hexadecimal digits, as the profile has it; ``schemas``: names of
    files beside it that say what its columns are; ``rows`` and ``columns`` of the table."""

    name: str
    form: str
    media_type: str
    size: int
    checksum: str
    schemas: tuple[str, ...] = ()
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class Standing:
    """How far the dataset has come. ``reasons``: why it is a draft, keys of the texts
    ``package.draft.<reason>``; none of one that may go out. ``issued`` and ``modified``: days, of
    the data."""

    reasons: tuple[str, ...] = ()
    issued: dt.date | None = None
    modified: dt.date | None = None

    @property
    def draft(self) -> bool:
        """True for what is not to be published as it is."""
        return bool(self.reasons)


@dataclass(frozen=True)
class Distribution:
    """One file of a dataset at its address."""

    iri: str
    title: Texts
    description: Texts
    media_type: str
    access_url: str
    download_url: str | None
    licence: str | None
    size: int
    checksum: str
    status: str
    schemas: tuple[str, ...] = ()
    modified: dt.date | None = None


@dataclass(frozen=True)
class Dataset:
    """A dataset. ``proposed``: fields that nobody has said, filled with what fits the type;
    ``lacking``: what is asked for. Values of vocabularies are IRIs."""

    id: str
    iri: str
    title: Texts
    description: Texts
    publisher: Publisher
    contact: Contact | None
    keywords: Mapping[str, tuple[str, ...]]
    themes: tuple[str, ...]
    frequency: str | None
    access: str
    licence: str | None
    spatial: str | None
    start: dt.date | None
    end: dt.date | None
    issued: dt.date | None
    modified: dt.date | None
    conforms_to: str | None
    landing_page: str | None
    distributions: tuple[Distribution, ...] = ()
    proposed: frozenset[str] = frozenset()
    lacking: tuple[Lack, ...] = ()
    draft: bool = False


@dataclass(frozen=True)
class Catalogue:
    """An organisation's catalogue, or one that only gathers others (``parts``)."""

    iri: str
    title: Texts
    description: Texts
    publisher: Publisher
    licence: str
    homepage: str | None
    spatial: str | None
    issued: dt.date | None
    modified: dt.date | None
    datasets: tuple[Dataset, ...] = ()
    parts: tuple[Catalogue, ...] = field(default_factory=tuple)
    proposed: frozenset[str] = frozenset()

    @property
    def draft(self) -> bool:
        """True where anything in it is one."""
        return any(one.draft for one in self.datasets) or any(one.draft for one in self.parts)


def publisher_of(organisation: Organisation | None, base: str) -> Publisher:
    """Who publishes; of an unknown organisation that it is not known."""
    return Publisher(
        identity.publisher(organisation, base),
        organisation.name if organisation else text("package.unknown_publisher", "sv"),
        vocabularies.publisher_type(organisation),
        organisation.organisationsnummer if organisation else None,
        identity.encoded(organisation.publishing.homepage)
        if organisation and organisation.publishing.homepage
        else None,
    )


def _contact(
    entry: Entry, organisation: Organisation | None, base: str, iri: str
) -> Contact | None:
    email = completeness.mailbox(entry, organisation)
    theirs = organisation.publishing.contact if organisation else None
    if email is None:
        return None
    if theirs and email == theirs.email:
        return Contact(f"{base}/contact", theirs.name, email)
    name = (
        str(entry.owner.role) if entry.owner.role else organisation.name if organisation else email
    )
    return Contact(f"{iri}/contact", name, email)


def _proposals(
    entry: Entry, organisation: Organisation | None
) -> tuple[dict[str, str], dict[str, tuple[str, ...]], tuple[str, ...], set[str]]:
    """Description, keywords and themes: as the entry says, else as fits the type; and which of them
    nobody has said."""
    offered = publication.proposal(entry.type)
    name = organisation.name if organisation else text("package.unknown_publisher", "sv")
    proposed = set[str]()
    description = {"sv": str(entry.description)} if entry.description else {}
    if not description:
        said = offered.description["sv"] if offered else text("package.description", "sv")
        description, proposed = {"sv": said.format(organisation=name)}, {"description"}
    keywords = {"sv": tuple(str(word) for word in entry.keywords if word)}
    if not keywords["sv"] and offered:
        keywords, proposed = dict(offered.keywords), proposed | {"keywords"}
    themes = tuple(vocabularies.themes(str(entry.theme) if entry.theme else None))
    if not themes and offered:
        themes = tuple(vocabularies.themes(" ".join(offered.themes)))
        proposed |= {"theme"}
    return description, {lang: words for lang, words in keywords.items() if words}, themes, proposed


def _drafted(title: str, standing: Standing) -> str:
    return text("package.draft_title", "sv", title=title) if standing.draft else title


def _addresses(
    entry: Entry, organisation: Organisation | None, base: str, file: PackageFile, first: bool
) -> tuple[str, str | None]:
    """Where a file is reached, and where it is fetched; the latter only where that is known."""
    there = str(entry.published.url) if entry.published.url else ""
    if first and there.startswith(("http://", "https://")):
        own = identity.encoded(there)
        return own, own if own.lower().endswith(f".{file.form}") else None
    name = file.name.removeprefix("utkast-")
    own = identity.file(organisation, base, entry.id, name)
    return own, own


def _distribution(
    entry: Entry,
    organisation: Organisation | None,
    base: str,
    iri: str,
    file: PackageFile,
    standing: Standing,
    *,
    first: bool,
) -> Distribution:
    access_url, download_url = _addresses(entry, organisation, base, file, first)
    title = text(f"package.form.{file.form}", "sv", title=str(entry.title))
    beside = [name.removeprefix("utkast-") for name in file.schemas]
    return Distribution(
        identity.distribution(iri, file.form),
        {"sv": _drafted(title, standing)},
        {"sv": text(f"package.holds.{file.form}", "sv", rows=file.rows, columns=file.columns)},
        file.media_type,
        access_url,
        download_url,
        vocabularies.licence(str(entry.licence) if entry.licence else None),
        file.size,
        file.checksum,
        vocabularies.status(draft=standing.draft),
        tuple(identity.file(organisation, base, entry.id, name) for name in beside),
        standing.modified,
    )


def _placed(
    files: Iterable[PackageFile], organisation: Organisation | None, standing: Standing
) -> list[PackageFile]:
    """The files whose address is known: of an organisation that has not said where files lie only
    the first, whose address the entry gives. A draft shows them all."""
    known = organisation is not None and organisation.publishing.files is not None
    several = list(files)
    if known or standing.draft:
        return several
    return [replace(file, schemas=()) for file in several[:1]]


def dataset(
    entry: Entry,
    organisation: Organisation | None,
    specification: Specification | None,
    files: Iterable[PackageFile],
    standing: Standing,
) -> Dataset:
    """What is to be said of one dataset."""
    base = identity.base_of(organisation, synthetic=entry.synthetic)
    iri = identity.dataset(base, entry.id)
    description, keywords, themes, proposed = _proposals(entry, organisation)
    spatial = str(entry.spatial) if entry.spatial else None
    area = publication.area_of(organisation) if organisation else None
    landing = str(entry.landing_page) if entry.landing_page else None
    period = entry.temporal
    return Dataset(
        id=entry.id,
        iri=iri,
        title={"sv": _drafted(str(entry.title), standing)},
        description=description,
        publisher=publisher_of(organisation, base),
        contact=_contact(entry, organisation, base, iri),
        keywords=keywords,
        themes=themes,
        frequency=vocabularies.frequency(
            str(entry.update_frequency) if entry.update_frequency else None
        ),
        access=vocabularies.access(public=not standing.draft),
        licence=vocabularies.licence(str(entry.licence) if entry.licence else None),
        spatial=identity.encoded(spatial) if spatial else area,
        start=period.start if period else None,
        end=period.end if period else None,
        issued=standing.issued,
        modified=standing.modified,
        conforms_to=specification.conforms_to if specification else None,
        landing_page=identity.encoded(landing) if landing else None,
        distributions=tuple(
            _distribution(entry, organisation, base, iri, file, standing, first=number == 0)
            for number, file in enumerate(_placed(files, organisation, standing))
        ),
        proposed=frozenset(proposed),
        lacking=tuple(completeness.lacking(entry, organisation)),
        draft=standing.draft,
    )


def catalogue(
    organisation: Organisation | None, datasets: Iterable[Dataset], *, synthetic: bool = False
) -> Catalogue:
    """The catalogue of one organisation with these datasets."""
    held = tuple(sorted(datasets, key=lambda one: one.id))
    base = identity.base_of(organisation, synthetic=synthetic)
    name = publisher_of(organisation, base).name
    licence = vocabularies.licence(organisation.publishing.licence if organisation else None)
    title = text("package.catalogue_title", "sv", organisation=name)
    days = [one.modified for one in held if one.modified]
    made = Catalogue(
        iri=identity.catalogue(base),
        title={"sv": title},
        description={"sv": text("package.catalogue_description", "sv", organisation=name)},
        publisher=publisher_of(organisation, base),
        licence=licence or vocabularies.CC0,
        homepage=publisher_of(organisation, base).homepage,
        spatial=publication.area_of(organisation) if organisation else None,
        issued=min((one.issued for one in held if one.issued), default=None),
        modified=max(days, default=None),
        datasets=held,
        proposed=frozenset({"title", "description", *(["licence"] if licence is None else [])}),
    )
    return _marked(made)


def together(own: Catalogue, parts: Iterable[Catalogue]) -> Catalogue:
    """The organisation's own catalogue with those of others under it, one level deep: a harvest
    takes no more."""
    held = tuple(sorted((part for part in parts if part.iri != own.iri), key=lambda one: one.iri))
    days = [one.modified for one in (own, *held) if one.modified]
    made = replace(own, parts=held, modified=max(days, default=None))
    return made if own.draft else _marked(made)


def _marked(made: Catalogue) -> Catalogue:
    """The catalogue; one with a draft in it says so in its title."""
    if not made.draft:
        return made
    titles = {
        lang: text("package.draft_title", lang, title=said) for lang, said in made.title.items()
    }
    return replace(made, title=titles)
