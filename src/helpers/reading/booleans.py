"""Yes and no as words: a column of them is true and false, one word alone may be a code.

NO is Norway, JA the Japanese language: both of a pair stand in the column, where the specification
does not say what it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers.reading.dates import SHARE

WORDS = {"true", "false", "sant", "falskt", "ja", "nej", "yes", "no"}
PROVING = ({"true"}, {"false"}, {"sant", "falskt"}, {"ja", "nej"}, {"yes", "no"})
# Y and N only where the specification says so; with a third answer among them they are words.
LETTERS, THIRD = {"y", "n"}, {"k", "begränsat", "delvis", "okänd", "okänt", "unknown"}
YES, NO = ("true", "sant", "ja", "yes", "y"), ("false", "falskt", "nej", "no", "n")
FORM = f"(?i){'|'.join(sorted(WORDS | LETTERS))}"  # RE2


def are_they(cells: Sequence[str], declared: str | None) -> bool:
    """Whether filled cells are words for true and false. ``declared``: the specification's type.

    >>> are_they(["Ja", "nej"], None), are_they(["NO", "NO"], None), are_they(["Y", "N"], "boolean")
    (True, False, True)
    """
    words = [cell.lower() for cell in cells]
    known = WORDS | LETTERS if declared == "boolean" else WORDS
    if sum(word in known for word in words) < SHARE * len(words) or THIRD & set(words):
        return False
    return declared == "boolean" or any(pair <= set(words) for pair in PROVING)


def sql(cell: str) -> str:
    """DuckDB expression of true or false from a text expression; null where it is neither.

    Not ``in (...)``: DuckDB makes a join of five words or more, for each column that is asked.
    """
    yes, no = (f"list_contains({list(words)}, lower({cell}))" for words in (YES, NO))
    return f"case when {yes} then true when {no} then false end"
