"""Every sentence of a scorecard is borne by the findings that it rests on, and the order of the real
files is the reviewed one. Write the order anew: ``DATAKOLLEN_GOLDEN=write``.

The files are judged as ``add`` leaves them: nobody has said what they are worth or how often they
change, so that what is known of them is what the files show.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from helpers.checking.findings import CONFORMITY, DIMENSIONS, Finding
from helpers.declared import catalogue
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.scoring import effort, ranking, scoring
from helpers.scoring.scorecards import Scorecard, ScoredCriterion
from helpers.words.messages import LANGUAGES, number, text

from .conftest import HERE, entries
from .test_golden import TODAY

ORDER = HERE / "order.yaml"
QUICK = {"digg-fakturor", "malmo-konst"}
OF = {"sv": r"(\d[\d\s]*) av (\d[\d\s]*\d|\d)", "en": r"(\d[\d,]*) of (\d[\d,]*)"}
ALL = {"sv": r"Alla (\d+) prövade", "en": r"All (\d+) rules tried"}


def having_a_say(opened: Opened, name: str) -> list[Finding]:
    """Of one dimension: what was checked, what broke, and what an absent column keeps unasked."""
    return [
        one
        for one in opened.findings
        if one.dimension == name
        and effort.has_vote(one)
        and (one.absent or one.outcome == "error" or one.share is not None)
    ]


def counts(findings: list[Finding], language: str) -> set[tuple[str, str]]:
    """Each 'so many of so many' that may be said: of rules, of what failed in each, and what the
    findings' own sentences count."""
    tried = {one.id for one in findings if one.share is not None}
    failed = {one.id for one in findings if one.outcome == "failed"}
    pairs = {(len(tried) - len(failed), len(tried))}
    pairs |= {(one.failed, one.checked) for one in findings if one.outcome == "failed"}
    said = {(number(a, language), number(b, language)) for a, b in pairs}
    for one in findings:
        said |= set(re.findall(OF[language], one.message[language]))
        said |= set(re.findall(OF[language], one.because.get(language, "")))
    return {(a.strip(), b.strip()) for a, b in said}


def borne(criterion: ScoredCriterion, findings: list[Finding], language: str) -> None:
    """The sentence says of the findings what they say, and leaves none of the faults out."""
    sentence = criterion.message[language]
    failed = [one for one in findings if one.outcome == "failed"]
    absent = {one.id for one in findings if one.absent}
    for a, b in re.findall(OF[language], sentence):
        assert (a.strip(), b.strip()) in counts(findings, language), (sentence, a, b)
    for told in re.findall(ALL[language], sentence):
        assert not failed and int(told) == len({one.id for one in findings if one.share}), sentence
    quoted = {one.id for one in failed if one.message[language] in sentence}
    rules = {one.id for one in failed}
    more = text("scoring.more_faults", language, count=len(rules - quoted))
    assert (more in sentence) == bool(rules - quoted), (sentence, rules - quoted)
    if criterion.id != f"readiness_{CONFORMITY}" and absent and criterion.findings:
        unasked = text("scoring.unasked", language, count=len(absent))
        alone = text("scoring.absent", language, name="").split(".")[0].removeprefix(": ")
        assert unasked in sentence or alone in sentence, sentence
    if not failed:
        assert criterion.high == 5, sentence
    if failed or absent:
        assert criterion.low < 5, sentence


def judged(opened: Opened) -> Scorecard:
    card = scoring.score(opened.entry, opened.gate, opened.findings, conformity=opened.conformity)
    for criterion in card.criteria:
        name = criterion.id.removeprefix("readiness_")
        for language in LANGUAGES:
            if criterion.source == "unknown":
                assert criterion.low == 0 < criterion.high
            if name in (*DIMENSIONS, CONFORMITY):
                borne(criterion, having_a_say(opened, name), language)
            if criterion.id == "effort_work" and criterion.source == "estimated":
                hours = effort.remaining(opened.entry, opened.gate, opened.findings)
                assert all(number(end, language, 0) in criterion.message[language] for end in hours)
    return card


def opened(name: str, folder: Path, store: Path) -> Opened:
    entry = next(one for one in catalogue.load(folder) if one.id == name)
    return Opened(entry.file(folder), entry=entry, store=Store(store), today=TODAY)


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow]) for name in entries()],
)
def test_the_findings_bear_every_sentence(name: str, real_catalogue: Path, tmp_path: Path):
    judged(opened(name, real_catalogue, tmp_path))


@pytest.fixture(scope="module")
def cards(
    real: Path, real_catalogue: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Scorecard]]:
    store = tmp_path_factory.mktemp("store")
    yield [judged(opened(name, real_catalogue, store)) for name in entries()]


@pytest.mark.real
@pytest.mark.long
def test_the_order_is_that_of_what_is_known(cards: list[Scorecard]):
    by_id = {card.candidate: card for card in cards}
    found = {
        one.candidate: " ".join(
            [
                str(one.rank or ", ".join(reason.code for reason in one.no_place)),
                f"({by_id[one.candidate].low:.0f}-{by_id[one.candidate].high:.0f})",
            ]
        )
        for one in ranking.rank(cards)
    }
    if os.environ.get("DATAKOLLEN_GOLDEN") == "write":
        ORDER.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), "utf-8")
    assert list(found.items()) == list(yaml.safe_load(ORDER.read_text("utf-8")).items())


@pytest.mark.real
@pytest.mark.slow
def test_what_nobody_can_use_yet_has_no_place(cards: list[Scorecard]):
    why = {one.candidate: [code.code for code in one.no_place] for one in ranking.rank(cards)}
    assert not why["badplatser-2016"]  # its columns are called C0-C10: known by what they hold
    assert "abroad" in why["salzburg-matningar"]
    assert why["ul-tidtabeller"] == ["unusable"]  # a feed without stop times
    assert why["lan"] == ["too_little"]  # a type that there are no rules for
    assert not why["digg-fakturor"] and not why["malmo-konst"]
