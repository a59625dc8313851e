"""What there is to say of every column, whether or not a specification knows it: that it is empty,
constant, mostly missing, or that its cells hold something other than one plain value.

No fault by itself: told with names and counts, weighed by nobody. A state never holds a value of
the data.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from helpers.reading import databases, dates
from helpers.reading.snapshot import Column, Table

if TYPE_CHECKING:
    import duckdb

STATES = (
    "empty",
    "constant",
    "mostly_missing",
    "zero_as_missing",
    "number_as_missing",
    "date_as_missing",
    "placeholder",
    "markup",
    "unit_in_cell",
    "two_facts",
    "numbers_mixed",
)
LEAST_ROWS = 3  # in fewer, one value says nothing of a column
MOSTLY = 0.5  # missing
THROUGHOUT = 0.8  # of the cells: a column is written so
# Sizes that nothing real is 0 of; of counts, temperatures and shares much is.
MEASURED = re.compile(
    r"l[äa]ngd|bredd|h[öo]jd|djup|diameter|area|(?:^|[^a-zåäö])yta|vikt|volym"
    r"|tryck|omkrets|bygg[nåa]*[_ ]?[åa]r|hastighet|length|width|height|depth|weight|volume"
    r"|pressure|speed|year",
    re.I,
)
# What may well cost nothing, whatever else it costs.
PRICED = re.compile(r"pris|price|avgift|(?:^|[^a-z])fee|kostnad|(?:^|[^a-z])cost|entr[ée]", re.I)
SENTINELS = (-9999, -999, -99, 9999, 99999, 999999, 9999999, 99999999)
FAR = 5  # times the next greatest: so far out a row of nines is no number
APART = 20  # years to the next date: so early a first day is no date of the column's
LEAST_GAP = 10  # the least other number, where a column's name says nothing
# Numbers of a series: among digits alone one with letters or strokes is of another series.
SERIES = re.compile(
    r"faktura|invoice|verifik|voucher|artikel|article|art\W?\s?nr|order|inventarie", re.I
)
WORDS = (
    "okänd",
    "okänt",
    "okända",
    "vet ej",
    "ej känt",
    "ej känd",
    "uppgift saknas",
    "ingen uppgift",
    "ej angivet",
    "ej angiven",
    "ej aktuellt",
    "ej tillämpligt",
    "unknown",
    "not available",
    "not applicable",
    "undefined",
    "none",
    "missing",
    "no data",
    "tbd",
    "todo",
    "xx",
    "xxx",
    "?",
    "??",
    "???",
    "*",
    "**",
    "***",
    "--",
    "---",
    "0000-00-00",
    "1900-01-01",
    "9999-12-31",
)
UNITS = (
    r"mm|cm|dm|m|km|mil|m2|m²|m3|m³|ha|kvm|kbm|l|dl|cl|ml|g|kg|mg|µg|ton|w|kw|mw|kwh|mwh|gwh|v|kv|a"
    r"|hz|khz|mhz|m/s|km/h|km/tim|s|sek|sekunder|min|minuter|h|tim|timmar|dag|dagar|dygn|år|mån"
    r"|månader|st|kr|sek|tkr|mkr|kronor|eur|euro|usd|%|‰|°|°c|c|bar|hpa|kpa|db|lux|ppm|personer"
    r"|platser|meter|kilometer|kbit|mbit|gbit|kbit/s|mbit/s|gbit/s|mbps|kb|mb|gb"
)
WITH_UNIT = rf"[+\x{{2212}}-]?\d[\d \x{{a0}}.,]*?[ \x{{a0}}]?(?i:{UNITS})\.?"
MARKUP = r"</?[A-Za-z][^<>]*>|&(?:nbsp|amp|lt|gt|quot|apos|[aAoO](?:ring|uml)|#x?[0-9A-Fa-f]+);"
# 1080 Karlskrona, 1080 - Karlskrona, Karlskrona (1080)
CODE_AND_NAME = (
    r"\d{2,}(?: ?[-–:,;/|] ?| )[A-ZÅÄÖ][^\d]{2,}|[A-ZÅÄÖ][^\d(]{2,}(?: ?[-–:,;/|] ?| )?\(?\d{3,}\)?"
)


def _of_words(con: duckdb.DuckDBPyConnection, filled: int) -> dict[str, int]:
    """States of the texts, with how many cells have them: looked for among ``shapes`` (d: a text
    with 9 for each digit, n: cells, k: different texts), which are far fewer."""
    # as literals: a parameter's pattern is compiled anew for each row
    markup, unit, facts = (databases.quoted(one) for one in (MARKUP, WITH_UNIT, CODE_AND_NAME))
    row = con.execute(
        f"""
        SELECT
            coalesce(bool_or(strlen(d) <= 20 AND list_contains([{_listed(WORDS, 9)}], lower(d))),
                false),
            sum(n) FILTER (
                (contains(d, '<') OR contains(d, '&')) AND regexp_matches(d, {markup})
            ),
            sum(n) FILTER (
                strlen(d) <= 40 AND (d < ':' OR d >= '−') AND regexp_full_match(d, {unit})
            ),
            sum(n) FILTER (strlen(d) <= 80 AND regexp_full_match(d, {facts})),
            sum(k) FILTER (strlen(d) <= 80 AND regexp_full_match(d, {facts}))
        FROM shapes"""
    ).fetchone()
    assert row is not None
    words = _words(con) if row[0] else 0
    marked_up, with_unit, of_two, different = (int(count or 0) for count in row[1:])
    units = with_unit if with_unit >= THROUGHOUT * filled else 0
    twofold = of_two if of_two >= THROUGHOUT * filled and different > 1 and not units else 0
    return {
        "placeholder": words,
        "markup": marked_up,
        "unit_in_cell": units,
        "two_facts": twofold,
    }


def _listed(words: Iterable[str], digit: int | None = None) -> str:
    """Words as a list in SQL; each digit as ``digit``, where one is given."""
    plain = words if digit is None else (re.sub(r"\d", str(digit), word) for word in words)
    return ", ".join(f"'{word}'" for word in dict.fromkeys(plain))


def _words(con: duckdb.DuckDBPyConnection) -> int:
    """Cells of ``counted`` (c, n) that hold a word for nothing."""
    row = con.execute(f"""
        SELECT coalesce(sum(n), 0)::bigint FROM counted
        WHERE strlen(c) <= 20 AND list_contains([{_listed(WORDS)}], lower(c))""").fetchone()
    return int(row[0]) if row else 0


def _of_series(con: duckdb.DuckDBPyConnection, column: Column, filled: int) -> int:
    """Cells with more than digits, in a column of numbers of which most are digits alone: ``TS
    2407`` among ``003561``."""
    if not SERIES.search(column.name):
        return 0
    row = con.execute(
        "SELECT coalesce(sum(n) FILTER (regexp_full_match(d, '9+')), 0)::bigint FROM shapes"
    ).fetchone()
    digits = int(row[0]) if row else 0
    return filled - digits if digits > MOSTLY * filled else 0


def _of_numbers(con: duckdb.DuckDBPyConnection, column: Column) -> dict[str, int]:
    """Zeros that stand apart from all other numbers or among sizes, and rows of nines far out."""
    lost = _rows_of(con, column, SENTINELS)
    # asked only where there are any: of each number it is as dear as all the rest
    number = f"v <> 0 AND v NOT IN ({_plain(SENTINELS)})" if lost else "v <> 0"
    row = con.execute(f"""
        SELECT
            count(*) FILTER (v = 0),
            count(*) FILTER (v <> 0),
            min(abs(v)) FILTER ({number}),
            max(abs(v)) FILTER ({number})
        FROM (SELECT {column.value}::double AS v FROM source)""").fetchone()
    assert row is not None
    zeros, others, least, greatest = row
    if least is None:
        return {}
    apart = zeros > 1 and others >= LEAST_GAP and least >= max(LEAST_GAP, greatest - least)
    free = PRICED.search(column.name)
    told = zeros and ((apart and not free) or MEASURED.search(column.name))
    far_out = [number for number in SENTINELS if abs(number) > FAR * greatest]
    far = _rows_of(con, column, far_out) if lost else 0
    return {"zero_as_missing": int(zeros) if told else 0, "number_as_missing": far}


def _of_dates(con: duckdb.DuckDBPyConnection, column: Column) -> dict[str, int]:
    """Dates that stand for no end, and first days of a calendar long before all others."""
    first, last = _listed(dates.NO_START), _listed(dates.NO_END)
    row = con.execute(f"""
        SELECT
            count(*) FILTER (d IN ({last})),
            count(*) FILTER (d IN ({first})),
            max(d) FILTER (d IN ({first})) + INTERVAL {APART} YEAR
                < min(d) FILTER (d NOT IN ({first}, {last}))
        FROM (SELECT {column.value}::date AS d FROM source)""").fetchone()
    assert row is not None
    ends, starts, apart = row
    return {"date_as_missing": int(ends) + (int(starts) if apart else 0)}


def _plain(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _rows_of(con: duckdb.DuckDBPyConnection, column: Column, numbers: Collection[int]) -> int:
    """How many rows hold one of these numbers."""
    if not numbers:
        return 0
    row = con.execute(
        f"SELECT count(*) FROM source WHERE {column.value}::double IN ({_plain(numbers)})"
    ).fetchone()
    return int(row[0]) if row else 0


def states(
    con: duckdb.DuckDBPyConnection, table: Table, column: Column, filled: int, distinct: int
) -> list[dict[str, Any]]:
    """The states of one column, each ``{"state", "count"}`` with how many cells it is about, in the
    order of ``STATES``.

    ``filled`` and ``distinct``: how many cells have a value, and how many values there are. The
    connection has the table's column as ``source``, its values as ``counted`` (c, n) and
    their shapes as ``shapes`` (d, n, k). Raises duckdb.Error if they cannot be read.
    """
    rows, absent = table.rows, table.rows - filled
    if rows < LEAST_ROWS:
        return []
    if not filled:
        return [{"state": "empty", "count": rows}]
    found = {
        "constant": filled if distinct == 1 and filled >= LEAST_ROWS else 0,
        "mostly_missing": absent if absent > MOSTLY * rows else 0,
    }
    if column.type == "text":
        found |= _of_words(con, filled)
        found["numbers_mixed"] = _of_series(con, column, filled)
    elif column.type in ("integer", "decimal"):
        found |= _of_numbers(con, column)
    elif column.type in ("date", "datetime"):
        found |= _of_dates(con, column)
    return [{"state": state, "count": found[state]} for state in STATES if found.get(state)]


def together(columns: list[dict[str, Any]]) -> dict[str, list[tuple[str, int]]]:
    """Each state that any of a table's profiled columns has, with their names and counts."""
    by_state: dict[str, list[tuple[str, int]]] = {}
    for state in STATES:
        held = [
            (column["name"], told["count"])
            for column in columns
            for told in column["states"]
            if told["state"] == state
        ]
        if held:
            by_state[state] = held
    return by_state
