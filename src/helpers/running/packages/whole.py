"""One package, all of an organisation's, or all of a catalogue's: made, put into place, and told.

What is refused or fails is told of its candidate, and the others go on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from helpers.declared import organisations
from helpers.filling_in.packaging.table import DRAFT
from helpers.metadata import described, validating
from helpers.metadata import writing as syntaxes
from helpers.metadata.building import catalogue as building
from helpers.metadata.described import Catalogue
from helpers.running.opening import Opened
from helpers.running.packages import one, papers, placing
from helpers.running.packages.one import Package
from helpers.running.store import Store
from helpers.words.errors import DatakollenError
from helpers.words.files import writing
from helpers.words.files.outputs import Outputs

Placed = Callable[[list[Path]], Outputs]
Opening = Callable[[str], AbstractContextManager[Opened]]


@dataclass
class PublishOutcome:
    """What came of it. ``refused``: candidate -> why; ``removed``: files that were taken away;
    ``wrong``: how many places of the joint catalogue break the profile."""

    packages: list[Package] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    refused: dict[str, DatakollenError] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    wrong: int = 0


@dataclass(frozen=True)
class PackageRequest:
    """How packages are written: ``place`` gives the right to write these files; ``open`` opens a
    candidate."""

    today: dt.date
    language: str
    place: Placed
    open: Opening
    noted: Callable[[Outputs], AbstractContextManager[Outputs]]


def of_one(id: str, folder: Path, asked: PackageRequest, done: PublishOutcome) -> Package:
    """Write the package of one candidate into ``folder``. Raises as ``one.made`` does, and
    ``ConfigurationError`` where a file may not be written."""
    with asked.open(id) as opened, Store().work() as work:
        package = one.made(opened, work, folder, asked.today, asked.language)
        place = asked.place([folder / name for name in papers.names(package)])
        package, files = papers.write(package, work, asked.today, asked.language)
        with asked.noted(place):
            placed = placing.put(files, place.file.parent)
            others = [file.name.removeprefix(package.prefix) for file in files]
            old = placing.stale(place.file.parent, id, placed, others)
            done.removed += placing.remove(old)
    done.packages.append(package)
    done.written += placed
    return package


def _each(ids: Iterable[str], folder: Path, asked: PackageRequest, done: PublishOutcome) -> None:
    for id in ids:
        try:
            of_one(id, folder / id, asked, done)
        except DatakollenError as error:  # this candidate's own: the others go on
            done.refused[id] = error


def _catalogues(packages: Iterable[Package]) -> dict[str, Catalogue]:
    """Organisation -> its catalogue."""
    held: dict[str, list[Package]] = {}
    for package in packages:
        held.setdefault(package.entry.organisation, []).append(package)
    return {
        id: described.catalogue(
            organisations.organisation(id),
            [package.dataset for package in several],
            synthetic=all(package.entry.synthetic for package in several),
        )
        for id, several in sorted(held.items())
    }


def _joint(whole: Catalogue, folder: Path, asked: PackageRequest, done: PublishOutcome) -> None:
    """Write a catalogue of several datasets: what is harvested of an organisation."""
    statements = building.statements(whole)
    done.wrong += len(validating.violations(statements.graph))
    prefix = DRAFT if whole.draft else ""
    order = list(reversed(syntaxes.SYNTAXES))
    place = asked.place([folder / f"{prefix}{papers.METADATA}{suffix}" for suffix in order])
    with asked.noted(place), Store().work() as work:
        said = syntaxes.written(statements.graph)
        files = [work / f"{prefix}{papers.METADATA}{suffix}" for suffix in order]
        for file, suffix in zip(files, order, strict=True):
            writing.write_text(file, said[suffix])
        placed = placing.put(files, place.file.parent)
        known = [f"{papers.METADATA}{suffix}" for suffix in order]
        done.removed += placing.remove(placing.stale(place.file.parent, "", placed, known))
    done.written += placed


def of_organisation(id: str, ids: list[str], folder: Path, asked: PackageRequest) -> PublishOutcome:
    """All packages of an organisation, each in a folder of its own, and the catalogue of them
    all."""
    done = PublishOutcome()
    _each(ids, folder, asked, done)
    for whole in _catalogues(done.packages).values():
        _joint(whole, folder, asked, done)
    return done


def of_all(owned: dict[str, list[str]], folder: Path, asked: PackageRequest) -> PublishOutcome:
    """All packages of a catalogue, a folder for each organisation with its catalogue; and, where
    one of them is a region, the region's own with the others under it.

    ``owned``: organisation -> its candidates.
    """
    done = PublishOutcome()
    for id, ids in sorted(owned.items()):
        _each(ids, folder / id, asked, done)
    catalogues = _catalogues(done.packages)
    for id, whole in catalogues.items():
        _joint(whole, folder / id, asked, done)
    leader = next(iter(_leaders(catalogues)), None)
    if leader is not None and len(catalogues) > 1:
        whole = described.together(catalogues[leader], catalogues.values())
        _joint(whole, folder, asked, done)
    return done


def _leaders(catalogues: dict[str, Catalogue]) -> Iterator[str]:
    """The regions among the organisations, where there is just one."""
    known = [organisations.organisation(id) for id in catalogues]
    regions = [owner.id for owner in known if owner is not None and owner.kind == "region"]
    if len(regions) == 1:
        yield regions[0]
