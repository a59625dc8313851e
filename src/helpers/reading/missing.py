"""What stands for "no value": the tokens that Swedish exports write, the same for reading,
profiling and checking.

The SQL is nested so that the dear steps (trimming, comparing with every token) meet few cells: a
cell that begins with a digit is no token, and only a short or a padded one can be.
"""

from __future__ import annotations

from helpers.reading.databases import quoted
from helpers.reading.snapshot import Column

# What a spreadsheet writes in a cell that it could not compute: Excel in English, Swedish,
# Norwegian, Danish, Finnish and German, LibreOffice with a number.
ERRORS = frozenset(
    {f"{word}:{number}" for word in ("Err", "Fel") for number in range(501, 541)}
    | {"#" * width for width in range(3, 21)}  # a number that its column was too narrow to show
    | {
        "#ADDIN?",
        "#ARVO!",
        "#BEZUG!",
        "#BERÄKNA!",
        "#I/T",
        "#JAKO/0!",
        "#LUKU!",
        "#MACRO?",
        "#NAVN?",
        "#NIMI?",
        "#NV",
        "#OGILTIG!",
        "#PUUTTUU!",
        "#REFERANSE!",
        "#REFERENCE!",
        "#TALL!",
        "#TYHJÄ!",
        "#VERDI!",
        "#VIITTAUS!",
        "#VÆRDI!",
        "#WERT!",
        "#ZAHL!",
        "#BLOCKED!",
        "#BLOCKERAT!",
        "#BUSY!",
        "#CALC!",
        "#CONNECT!",
        "#DIV/0!",
        "#DIVISION/0!",
        "#FIELD!",
        "#FÄLT!",
        "#GETTING_DATA",
        "#N/A",
        "#NAME?",
        "#NAMN?",
        "#NULL!",
        "#NUM!",
        "#OGILTIGT!",
        "#OKÄNT!",
        "#REF!",
        "#REFERENS!",
        "#SAKNAS!",
        "#SKÄRNING!",
        "#SPILL!",
        "#UNKNOWN!",
        "#UTFALL!",
        "#VALUE!",
        "#VÄRDEFEL!",
    }
)
# Words that may be values too: a surname, an element, a code.
WORDS = frozenset({"NA", "NULL", "null", "NaN", "nan", "None"})
TOKENS = (
    ERRORS
    | WORDS
    | frozenset(
        {
            "",
            "-",
            "–",
            "N/A",
            "n/a",
            "SAKNAS",
            "Saknas",
            "saknas",
            ".",
            "..",
            "…",
        }
    )
)
FEW = 4  # tokens that are compared one by one
BLANKS = " \u00a0\u202f\u2009"
_LISTED = "[" + ", ".join(f"'{token}'" for token in sorted(TOKENS)) + "]"
LONGEST_BYTES = max(len(known.encode()) for known in TOKENS if known >= "$")


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
    short_or_padded = f"strlen({text}) <= {LONGEST_BYTES} or {text} < '$' or {text} >= '\u00a0'"
    return f"{short_or_padded} or {_ends_blank(text)}"


def present(text: str) -> str:
    """SQL: the trimmed text, null where it is missing."""
    return (
        f"case when {_word(text)}"
        f" then case when {_near(text)}"
        f" then case when not {is_token(text)} then trim({text}) end"
        f" else {text} end"
        f" when {_ends_blank(text)} then trim({text})"
        f" else {text} end"
    )


def cell(column: Column) -> str:
    """SQL: the column's trimmed text, null where it is missing.

    What was counted of the column while it was read spares the look at each cell: where none begins
    or ends with a blank, it stands as it is or is one of the tokens that were seen there.
    """
    if column.padded != 0 or len(column.missing) > FEW:
        return present(column.text)
    seen = [f"{column.text} <> {quoted(token)}" for token in column.missing]
    return f"case when {' and '.join(seen)} then {column.text} end" if seen else column.text


def count(text: str) -> str:
    """SQL aggregate: how many cells are missing."""
    marked = (
        f"case when {_word(text)} then case when {_near(text)}"
        f" then case when {is_token(text)} then 1 end end end"
    )
    return f"count(*) - count({text}) + count({marked})"
