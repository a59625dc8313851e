"""What stands for "no value": the tokens that Swedish exports write, the same for reading,
profiling and checking.

The SQL is nested so that the dear steps (trimming, comparing with every token) meet few cells: a
cell that begins with a digit is no token, and only a short or a padded one can be.
"""

from __future__ import annotations

TOKENS = frozenset(
    {
        "",
        "-",
        "–",
        "NA",
        "N/A",
        "n/a",
        "NULL",
        "null",
        "SAKNAS",
        "Saknas",
        "saknas",
        ".",
        "..",
        "…",
        "NaN",
        "nan",
        "None",
        "#N/A",
        "#SAKNAS!",
    }
)
BLANKS = " \u00a0\u202f\u2009"
_LISTED = "[" + ", ".join(f"'{token}'" for token in sorted(TOKENS)) + "]"
_LONGEST_BYTES = max(len(token.encode()) for token in TOKENS)


def is_token(text: str) -> str:
    """SQL that is true where the text expression, trimmed, is a token; false or null elsewhere.

    Not ``in (...)``: DuckDB makes a join of a long one, for every row, whatever the nesting around
    it.
    """
    return f"list_contains({_LISTED}, trim({text}))"


def _ends_blank(text: str) -> str:
    return " or ".join(f"suffix({text}, '{blank}')" for blank in BLANKS)


def _word(text: str) -> str:
    return f"{text} < '0' or {text} >= ':'"


def _near(text: str) -> str:
    return (
        f"strlen({text}) <= {_LONGEST_BYTES} or {text} < '!' or {text} >= '\u00a0' or"
        f" {_ends_blank(text)}"
    )


def present(text: str) -> str:
    """SQL: the trimmed text, null where it is missing."""
    return (
        f"case when {_word(text)} then case when {_near(text)} then case when not {is_token(text)}"
        f" then trim({text}) end else {text} end when {_ends_blank(text)} then trim({text}) else"
        f" {text} end"
    )


def count(text: str) -> str:
    """SQL aggregate: how many cells are missing."""
    found = (
        f"case when {_word(text)} then case when {_near(text)} then case when {is_token(text)} then"
        " 1 end end end"
    )
    return f"count(*) - count({text}) + count({found})"
