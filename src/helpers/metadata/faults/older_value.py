"""A value is of an older version of the profile: how often data are updated, how long they stay,
whether they are finished.

Source: DCAT-AP-SE 2.x against 3.0.1; the older lists are http://purl.org/cld/freq/,
http://data.europa.eu/r5r/availability/ and http://purl.org/adms/status/.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from helpers.metadata.faults.fault import Fault, Found, Known, replace, values
from helpers.metadata.properties import Field

EU = "http://publications.europa.eu/resource/authority/"
FREQUENCY = {
    "continuous": "UPDATE_CONT",
    "daily": "DAILY",
    "threeTimesAWeek": "WEEKLY_3",
    "semiweekly": "WEEKLY_2",
    "weekly": "WEEKLY",
    "threeTimesAMonth": "MONTHLY_3",
    "biweekly": "BIWEEKLY",
    "semimonthly": "MONTHLY_2",
    "monthly": "MONTHLY",
    "bimonthly": "BIMONTHLY",
    "quarterly": "QUARTERLY",
    "threeTimesAYear": "ANNUAL_3",
    "semiannual": "ANNUAL_2",
    "annual": "ANNUAL",
    "biennial": "BIENNIAL",
    "triennial": "TRIENNIAL",
    "irregular": "IRREG",
}
AVAILABILITY = {word: word.upper() for word in ("temporary", "experimental", "available", "stable")}
STATUS = {
    "Completed": "COMPLETED",
    "Deprecated": "DEPRECATED",
    "UnderDevelopment": "DEVELOP",
    "Withdrawn": "WITHDRAWN",
}
LISTS = {
    "dcterms:accrualPeriodicity": ("http://purl.org/cld/freq/", f"{EU}frequency/", FREQUENCY),
    "dcatap:availability": (
        "http://data.europa.eu/r5r/availability/",
        f"{EU}planned-availability/",
        AVAILABILITY,
    ),
    "adms:status": ("http://purl.org/adms/status/", f"{EU}distribution-status/", STATUS),
}


def newer(predicate: str, value: Node) -> URIRef | None:
    """The value of today that means the same; None for one that is of no older list."""
    older, base, words = LISTS.get(predicate, ("", "", {}))
    word = words.get(str(value).removeprefix(older).rstrip("/")) if older else None
    return URIRef(f"{base}{word}") if word and str(value).startswith(older) else None


def _is_older(field: Field, value: Node) -> bool:
    return newer(field.predicate, value) is not None and str(value) not in field.choices()


def _find(graph: Graph) -> Iterator[Found]:
    for node, field, value in values(graph):
        if _is_older(field, value):
            yield Found(node, field.predicate, value)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    value = newer(found.predicate, found.value) if found.value is not None else None
    return value is not None and replace(graph, found, value)


FAULT = Fault(_find, "system", _mend)
