"""Already elsewhere: whether a national source or the own website has the data, and what that
means. Never a point.

The advice stands beside the ranking. What the entry declares counts first; a likeness by type and
words is said to be one.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.declared import agencies, files
from helpers.declared.catalogue import Entry
from helpers.declared.files import Declared, Filled, Known, Listed, Said
from helpers.declared.roles import mentions
from helpers.words.files.ours import File, remembered
from helpers.words.messages import LANGUAGES

# link: a national source has it; compare: it may have it; describe: on the own website without
# metadata; done: described
CODES = ("link", "compare", "describe", "done")

REFERENCE = File("data/reference/elsewhere.yaml")


class National(Declared):
    """What one national source holds, and what a municipality has beside it."""

    id: Filled
    agency: Filled
    types: Listed[Filled]
    words: Listed[Filled]
    holds: Said
    adds: Said
    status: Known


class Sources(Declared):
    """The whole file."""

    sources: Listed[National]


def _fitting(declared: Sources, fault: files.Tell) -> None:
    """Each id stands once, and each source is of an agency that is known."""
    files.once("sources")(declared, fault)
    known = agencies.agencies()
    for i, source in enumerate(declared.sources):
        if source.agency not in known:
            fault("among", "sources", i, "agency", known=", ".join(known))


@dataclass(frozen=True)
class Advice:
    """One piece of advice. ``short`` heads it; ``message`` says why and what to do; ``status`` of
    the fact behind it."""

    code: str
    short: dict[str, str]
    message: dict[str, str]
    url: str | None
    status: str  # declared | verified | memory


@remembered
def every() -> tuple[National, ...]:
    """All national sources of the reference file, in its order."""
    return files.read(REFERENCE.path, Sources, _fitting).sources


def national(entry: Entry) -> National | None:
    """The national source that an entry's type and words point to."""
    return next(
        (
            source
            for source in every()
            if entry.type in source.types and mentions(entry, source.words)
        ),
        None,
    )


def _advice(code: str, entry: Entry, source: National | None, status: str) -> Advice:
    agency = agencies.agencies().get(source.agency) if source else None
    key = f"elsewhere.{code}" if source or code != "link" else "elsewhere.link_unnamed"

    def said(key: str, language: str) -> str:
        return agencies.said(
            key,
            language,
            source=agency.full[language] if agency else "",
            holds=source.holds[language] if source else "",
            adds=source.adds[language] if source else "",
        )

    return Advice(
        code,
        {language: said(f"elsewhere.{code}.short", language) for language in LANGUAGES},
        {language: said(key, language) for language in LANGUAGES},
        str(entry.published.url or "") or (agency.url if agency else None),
        status,
    )


def advice(entry: Entry) -> Advice | None:
    """What to do with a candidate whose data lie somewhere already; None where nothing says that
    they do."""
    source = national(entry)
    if entry.published.status == "national_source":
        return _advice("link", entry, source, "declared")
    if entry.published.status == "own_website":
        return _advice("describe", entry, None, "declared")
    if entry.published.status == "dataportal":
        return _advice("done", entry, None, "declared")
    return _advice("compare", entry, source, source.status) if source else None
