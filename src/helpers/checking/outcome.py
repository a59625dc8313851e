"""What the rules said of a dataset, in one sentence: the same wherever it is said that nothing, or
something, is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.checking.findings import NOT_TRIED, Finding, outcomes
from helpers.words.messages import text


def sentence(findings: Iterable[Finding], language: str) -> str:
    """How many rules were tried and how many of them are not met; never that all of none are met.
    A rule that broke is neither; nor is what of a schema no rule tries."""
    findings = list(findings)
    said = list(outcomes(findings).values())
    passed, failed, broke = (said.count(outcome) for outcome in ("passed", "failed", "error"))
    tried = passed + failed
    state = "none" if not tried else "some" if failed else "all"
    sentences = [text(f"checking.rules.{state}", language, count=tried, failed=failed)]
    if broke:
        sentences.append(text("checking.rules.broke", language, count=broke))
    sentences += [finding.message[language] for finding in findings if finding.id == NOT_TRIED]
    return " ".join(sentences)
