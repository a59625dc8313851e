"""What a rule is called and what it means: ids in one language, none that was given up, and no meaning
that changes in silence."""

from __future__ import annotations

import dataclasses

import pytest

from helpers.checking import suites
from helpers.checking.renamed import RENAMED
from helpers.declared import specifications

from . import meanings

# An id is made of words of its specification's fields and of these. A word that is missing here is
# added where it is English: it says what holds (``_filled``) or of what (``articles_``).
ENGLISH = set(
    """
    above accounting advance after agencies agency agrees ahead alike apart arriving articles
    artworks as at before calendar calls centre closed codes commas content county credit current
    dates decimals declared demand differ distinct ends events exist far faster feed fields file
    files filled first five form frequencies frequency fresh from future goes gtfs have health ids
    in journeys keys kind known leading least leaves length lines longitude looks meals mojibake
    more name named names near negative no not number numbers of off on once one operations order
    organisation origin paired parent park past placed placeholder places platform playground
    points position possible publishers range reaches read reads right route routes rows runs
    scale sek sensitive served service services shapes somewhere speed spelled spelt stable
    stacked station stops swapped sweden system tables the their there timed times timezone told
    top traffic trimmed trip truncated type unique unit urls used utf8 valid values varies whole
    with year zeros
    """.split()
)
TYPES = (suites.COMMON, *suites.types())


def foreign(id: str, type: str) -> set[str]:
    """Words of an id that are neither English nor in the name of a field of its type."""
    fields = specifications.load(type).fields if type != suites.COMMON else ()
    return (
        set(id.split("_")) - ENGLISH - {word for field in fields for word in field.name.split("_")}
    )


def by_id() -> dict[str, list[str]]:
    """The types whose suite has a rule of this id."""
    types: dict[str, list[str]] = {}
    for type in TYPES:
        for rule in suites.load(type).rules:
            types.setdefault(rule.id, []).append(type)
    return types


@pytest.mark.parametrize("type", TYPES)
def test_an_id_says_what_holds_in_english(type: str):
    told = {rule.id: foreign(rule.id, type) for rule in suites.load(type).rules}
    assert not {id: words for id, words in told.items() if words}


def test_that_law_would_have_told_of_every_id_that_was_given_up():
    types = by_id()
    passed = [
        old for old, new in RENAMED.items() if not all(foreign(old, type) for type in types[new])
    ]
    assert not passed


def test_an_id_that_was_given_up_leads_to_a_rule_and_is_used_by_none():
    known = set(by_id())
    assert set(RENAMED.values()) <= known
    assert not known & set(RENAMED)


def test_no_meaning_has_changed_at_the_same_version():
    unraised = meanings.changed(meanings.kept(), meanings.meanings())
    assert not unraised, "meaning changed: raise the rule's version and say so in CHANGELOG.md"


def test_the_file_of_meanings_is_fresh():
    assert meanings.kept() == meanings.meanings(), "stale: python -m tests.laws.meanings"


def test_a_changed_meaning_is_told_until_the_version_is_raised():
    rule = suites.load("leverantorsfakturor").rules[0]
    before = {"a": meanings.meaning(rule)}
    graver = dataclasses.replace(rule, severity="info")
    assert meanings.changed(before, before) == []
    assert meanings.changed(before, {"a": meanings.meaning(graver)}) == ["a"]
    raised = dataclasses.replace(graver, version=rule.version + 1)
    assert meanings.changed(before, {"a": meanings.meaning(raised)}) == []
    reworded = dataclasses.replace(rule, because={"sv": "x", "en": "x"})
    assert meanings.meaning(reworded) == before["a"]
