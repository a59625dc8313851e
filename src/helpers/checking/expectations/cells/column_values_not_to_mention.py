"""No text mentions {words}, in capitals or not.

Source: the rule that says which words, and why.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, literal


def _sql(on: Target) -> str:
    mentioned = (f"contains(lower({on.cell}), {literal(word)})" for word in on.kwargs["words"])
    return f"(not ({' or '.join(mentioned)}))"


EXPECTATION = Expectation(_sql, takes={"words": REQUIRED})
