"""What each expectation means: one sentence of truth, and the SQL that is true where a row meets it.

``cell`` is the trimmed text of the column, null where it is missing; ``value`` the typed value. Null means: not checked.
Stock expectations are Great Expectations' own; the others become boolean columns of the view.

A rule about several rows together (unique, one name for an id) is asked the other way round: ``groups`` selects the few
keys that break it, and ``sql`` is the row's key. That costs one grouping, where a window over all rows costs many times it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Sql = Callable[[str, str, dict[str, Any]], str]
Groups = Callable[[str, str, dict[str, Any]], str | None]


@dataclass(frozen=True)
class Expectation:
    """``scope``: column (a rule names one), each (every text column), table (whole row), point (``lon, lat, x, y``)."""

    truth: str
    sql: Sql
    scope: str = "column"
    stock: bool = False
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    groups: Groups | None = None  # SELECT of the keys that break the rule, from ``base``; None: no key can


def _quote(value: Any) -> str:
    return str(value) if isinstance(value, (int, float)) else "'" + str(value).replace("'", "''") + "'"


def _set(kwargs: dict[str, Any]) -> str:
    return ", ".join(_quote(one) for one in kwargs["value_set"])


def luhn(digits: str) -> str:
    """SQL that is true where the expression, ten digits, passes the Luhn check."""
    found = [f"({digits}::bigint // {10 ** (10 - i)} % 10)" for i in range(1, 11)]
    terms = [
        f"({one} * 2 - case when {one} > 4 then 9 else 0 end)" if i % 2 == 0 else one for i, one in enumerate(found)
    ]
    return f"(({' + '.join(terms)}) % 10 = 0)"


def _wrong_orgnr(cell: str, value: str, kwargs: dict[str, Any]) -> str:
    """Asked of each different number once: the check digit costs more than finding them."""
    plain, ten = f"regexp_replace({cell}, '^16(\\d{{10}})$|[- ]', '\\1', 'g')", "'\\d{10}'"
    return (
        f"select {cell} from (select distinct {cell}, {plain} as plain from base where {cell} is not null) "
        f"where not (case when regexp_full_match(plain, {ten}) then {luhn('plain')} else false end)"
    )


def _between(cell: str, value: str, kwargs: dict[str, Any]) -> str:
    parts = [f"{value} >= {_quote(kwargs['min_value'])}"] if kwargs.get("min_value") is not None else []
    parts += [f"{value} <= {_quote(kwargs['max_value'])}"] if kwargs.get("max_value") is not None else []
    return f"case when {value} is null then null else {' and '.join(parts)} end"


def _regex(pattern: str) -> Sql:
    """A masked value (*) is not checked."""
    return lambda cell, value, kwargs: f"case when {cell} <> '*' then regexp_full_match({cell}, '{pattern}') end"


EMAIL = r"[^@\s:]+@[^@\s]+\.[A-Za-zåäö]{2,}"
MOJIBAKE = "Ã¥|Ã¤|Ã¶|Ã…|Ã„|Ã–|Ã©|\ufffd"
PLACEHOLDERS = "['x', 'xx', 'xxx', 'test', 'testar', 'tbd', 'todo', 'fyll i', '?', '??', '???', 'lorem ipsum', 'asdf']"

WIDTHS = (10, 15, 20, 25, 30, 32, 35, 40, 45, 50, 60, 64, 70, 75, 80, 100, 120, 128, 150, 200, 250, 254, 255, 256)


def _truncated(cell: str, value: str, kwargs: dict[str, Any]) -> str | None:
    """Fields are cut at the width of a database column: one of ``WIDTHS``, never at a length that words happen to have.

    ``kwargs['longest']`` is the length of the column's longest text.
    """
    longest = kwargs["longest"]
    if longest not in WIDTHS:
        return None
    return (
        f"with near as materialized (select {cell} as text, length({cell}) = {longest} as cut from base "
        f"where length({cell}) between {longest - 3} and {longest}), "
        "counts as (select count(*) filter (cut) as at_most, count(*) filter (not cut) as below, "
        "count(distinct text) filter (cut) as different from near) "
        "select distinct text from near, counts where cut and at_most >= 5 and different >= 2 and at_most > below "
        f"and at_most < 0.6 * (select count({cell}) from base)"
    )


def _repeated(key: str) -> str:
    return f"select {key} from base where {key} is not null group by all having count(*) > 1"


def _row(kwargs: dict[str, Any]) -> str:
    return f"hash({kwargs['all']})"


# Equal positions, to the last digit; 1e-9 degrees is a tenth of a millimetre.
POINT = "(round(lon, 9)::varchar || ' ' || round(lat, 9)::varchar)"

EXPECTATIONS: dict[str, Expectation] = {
    "expect_column_values_to_not_be_null": Expectation(
        "Every row has a value.", lambda c, v, k: f"({c} is not null)", stock=True, right=("a",), wrong=("", "-")
    ),
    "expect_column_values_to_be_unique": Expectation(
        "No value occurs on two rows.", lambda c, v, k: c, stock=True, groups=lambda c, v, k: _repeated(c),
    ),
    "expect_column_values_to_be_between": Expectation("Every value lies within the bounds.", _between, stock=True),
    "expect_column_values_to_be_in_set": Expectation(
        "Every value is one of the listed.", lambda c, v, k: f"({c} in ({_set(k)}))", stock=True
    ),
    "expect_column_value_lengths_to_be_between": Expectation(
        "Every text has a length within the bounds.",
        lambda c, v, k: f"(length({c}) between {k.get('min_value', 0)} and {k.get('max_value', 100000)})", stock=True,
    ),
    "expect_column_values_to_match_regex": Expectation(
        "Every text contains the pattern.", lambda c, v, k: f"regexp_matches({c}, {_quote(k['regex'])})"
    ),
    "expect_column_values_to_be_organisationsnummer": Expectation(
        "Ten digits whose last is the Luhn check digit; a masked number (*) is not checked.",
        lambda c, v, k: f"case when not contains({c}, '*') then {c} end", groups=_wrong_orgnr, right=("2321000131", "212000-1355"),
        wrong=("10004007", "5560530022"),
    ),
    "expect_column_values_to_be_kommunkod": Expectation(
        "Four digits, the first two a county's code.", _regex(r"(0[1345678789]|1[0234789]|2[0-5])\d{2}"),
        right=("0180", "1080"), wrong=("180", "9999"),
    ),
    "expect_column_values_to_be_url": Expectation(
        "An address with http:// or https:// and a host.", _regex(r"https?://[^\s/]+\.[^\s]+"),
        right=("https://karlskrona.se/bad",), wrong=("www.konstkompassen.se",),
    ),
    "expect_column_values_to_be_email": Expectation(
        "One e-mail address without mailto:.", _regex(EMAIL), right=("info@karlshamn.se",), wrong=("mailto:a@b.se", "a@b"),
    ),
    "expect_column_values_to_be_wikidata": Expectation(
        "A Q followed by digits.", _regex(r"Q\d+"), right=("Q42",), wrong=("https://www.wikidata.org/wiki/Q42",)
    ),
    "expect_column_values_to_be_year": Expectation(
        "Four digits from 1000 to 2100.", _regex(r"1\d{3}|20\d{2}|2100"), right=("1954",), wrong=("54", "ca 1900")
    ),
    "expect_column_values_to_read_as_type": Expectation(
        "A cell that is not missing reads as the column's type.",
        lambda c, v, k: f"case when {c} is not null then {v} is not null end", scope="typed",
    ),
    "expect_column_values_to_be_trimmed": Expectation(
        "No blanks before or after the text.", lambda c, v, k: f"case when {c} is not null then {k['raw']} = {c} end",
        scope="each",
    ),
    "expect_column_values_to_have_no_mojibake": Expectation(
        "No letters that were decoded twice (Ã¥ for å).",
        lambda c, v, k: f"case when contains({c}, 'Ã') or contains({c}, '\ufffd') then not regexp_matches({c}, '{MOJIBAKE}') "
        f"when {c} is not null then true end",
        scope="each", right=("Håbo",), wrong=("HÃ¥bo",),
    ),
    "expect_column_values_to_have_no_placeholder": Expectation(
        "No stand-in for a value, such as xxx or test.", 
        lambda c, v, k: f"case when strlen({c}) <= 11 then not list_contains({PLACEHOLDERS}, lower({c})) "
        f"when {c} is not null then true end",
        scope="each", right=("Testebo",), wrong=("xxx", "test"),
    ),
    "expect_column_values_not_to_be_truncated": Expectation(
        "Not cut off: not 5 or more texts of one greatest length that database columns usually have, 2 of them different.",
        lambda c, v, k: c,
        scope="each",
        groups=_truncated,
    ),
    "expect_rows_to_be_distinct": Expectation(
        "No row is equal to another in every cell.", lambda c, v, k: _row(k), scope="table",
        groups=lambda c, v, k: _repeated(_row(k)),
    ),
    "expect_rows_to_be_filled": Expectation(
        "A row with a position says something besides its id.", lambda c, v, k: f"({k['filled']} > 1)", scope="table"
    ),
    "expect_points_to_exist": Expectation("Every row has a position.", lambda c, v, k: "(lon is not null)", scope="point"),
    "expect_points_in_sweden": Expectation(
        "The point lies in Sweden: in a municipality, or within 2 km of its shore.",
        lambda c, v, k: "case when lon is not null then coalesce(kommunkod is not null, false) or at_sea end", scope="point",
    ),
    "expect_points_in_organisation": Expectation(
        "The point lies in the publisher's municipality or county, or within 2 km of its shore.",
        lambda c, v, k: f"case when kommunkod is not null then kommunkod like '{k['prefix']}%' end", scope="place",
    ),
    "expect_points_not_at_origin": Expectation(
        "The point is not (0, 0).", lambda c, v, k: "case when lon is not null then not (abs(lon) < 0.01 and abs(lat) < 0.01) end",
        scope="point",
    ),
    "expect_points_not_swapped": Expectation(
        "Latitude and longitude have not changed places.",
        lambda c, v, k: "case when lon is not null then not (lat between 10 and 24.3 and lon between 54.9 and 69.2) end",
        scope="point",
    ),
    "expect_points_not_stacked": Expectation(
        "Fewer than 5 rows share exactly one position.",
        lambda c, v, k: POINT, scope="point",
        groups=lambda c, v, k: f"select {POINT} as key from base where lon is not null group by key having count(*) >= 5",
    ),
    "expect_dates_in_one_year": Expectation(
        "The date lies in the delivery's most usual calendar year.",
        lambda c, v, k: f"case when try_cast({v} as date) is not null then year(try_cast({v} as date)) = {k['year']} end",
    ),
    "expect_one_name_per_id": Expectation(
        "One id has one name; a masked id (*) is not checked.",
        lambda c, v, k: f"case when {k['name']} is not null and {c} <> '*' then {c} end",
        groups=lambda c, v, k: f"select {c} from base where {c} <> '*' group by {c} having min({k['name']}) <> max({k['name']})",
    ),
}  # fmt: skip
