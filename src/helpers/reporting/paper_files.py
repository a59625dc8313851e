"""The report's papers/ folder: each paper as HTML and as Word, and the links that lead to them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.advising.naming import own
from helpers.reporting import documents, papers
from helpers.reporting.deck import shown
from helpers.reporting.papers import between
from helpers.reporting.parts import Parts, among, together
from helpers.reporting.results import candidate_json
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region
    from helpers.reporting.papers.document import Document

FOLDER = "papers"
SUFFIXES = (".html", ".docx")
Back = tuple[str, str]  # a link back, and the key of its text among reporting's
Link = tuple[str, str, str]  # what it is called, the page, the Word file


def _link(kind: str, folder: str, language: str) -> Link:
    place = f"{folder}/{papers.name(kind, language)}"
    return text(f"papers.kind.{kind}", language), f"{place}.html", f"{place}.docx"


def of_region(language: str) -> list[Link]:
    """Links from the decision page."""
    return [
        *(_link(kind, FOLDER, language) for kind in papers.OF_REGION),
        (text("papers.between.link", language), "between.html", "between.docx"),
    ]


def of_deck(report: Path, language: str) -> list[Link]:
    """The link from the decision page to the slides; none where there are no slides."""
    there = all((report / name).is_file() for name in shown.FILES)
    return [(text("deck.link", language), *shown.FILES)] if there else []


def of_candidate(candidate: Candidate, language: str) -> list[Link]:
    """Links from the candidate's page."""
    folder = f"../../{FOLDER}/{candidate.entry.id}"
    return [_link(kind, folder, language) for kind in papers.kinds(candidate)]


def checklist_of(candidate: Candidate, language: str) -> Link | None:
    """The link to the candidate's checklist alone; None where it has none."""
    folder = f"../../{FOLDER}/{candidate.entry.id}"
    return _link("steps", folder, language) if "steps" in papers.kinds(candidate) else None


def names(language: str, *, one: bool) -> list[str]:
    """The names of all files that there may be of ``one`` candidate, or of the region."""
    kinds: Iterable[str] = papers.OF_ONE if one else papers.OF_REGION
    return [f"{papers.name(kind, language)}{suffix}" for kind in kinds for suffix in SUFFIXES]


def _both(
    named_papers: Iterable[tuple[str, Document]], folder: Path, language: str, back: Back | None
) -> list[Path]:
    return [
        documents.write(paper, folder / f"{papers.name(kind, language)}{suffix}", back=back)
        for kind, paper in named_papers
        for suffix in SUFFIXES
    ]


def write_all(region: Region, report: Path, language: str, parts: Parts) -> None:
    """Every paper of the region, in ``report``'s papers/."""
    about_all, folder = together(region), report / FOLDER
    home = ("../index.html", "back")
    write_them = partial(write_region, region, folder, language, back=home)
    parts.made("papers", about_all, folder, write_them)
    parts.made("between", about_all, report, partial(_write_between, region, report, language))
    for candidate in region.candidates:
        folder = report / FOLDER / candidate.entry.id
        back = (f"../../candidates/{candidate.entry.id}/index.html", "back_one")
        write_it = partial(write_one, candidate, region, folder, language, back=back)
        parts.made("papers", among(candidate, region), folder, write_it)


def _write_between(region: Region, report: Path, language: str) -> None:
    plain = [candidate_json(candidate) for candidate in region.candidates]
    paper = between.document(plain, region.finished, language, asked=between.Asked(ours=own(plain)))
    for suffix in SUFFIXES:
        documents.write(paper, report / f"between{suffix}", back=("index.html", "back"))


def write_one(
    candidate: Candidate, region: Region, folder: Path, language: str, *, back: Back | None = None
) -> list[Path]:
    """The papers of one candidate in ``folder``."""
    return _both(papers.of_candidate(candidate, region, language), folder, language, back)


def write_region(
    region: Region, folder: Path, language: str, *, back: Back | None = None
) -> list[Path]:
    """The papers about all candidates in ``folder``."""
    return _both(papers.of_region(region, language), folder, language, back)
