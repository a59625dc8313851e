"""Ten digits whose last is the Luhn check digit; a masked number (*) or a foreign supplier's is not
checked.

A wrong digit ties the payment to another firm, or to none. ``16`` before the ten digits and a
hyphen are allowed. Foreign is a row in another currency than SEK, of another country than Sweden,
or with another country's letters before the number. Source: Bolagsverket's numbers, and Luhn
(ISO/IEC 7812-1).
"""

from __future__ import annotations

from helpers.checking.asked_once import texts
from helpers.checking.expectations.expectation import Expectation, Target

HOME = "['SE', 'SWE', 'SVERIGE', 'SWEDEN']"


def luhn(digits: str) -> str:
    """SQL that is true where the expression, ten digits, passes the Luhn check."""
    each_digit = [f"({digits}::bigint // {10 ** (10 - i)} % 10)" for i in range(1, 11)]
    terms = [
        f"({digit} * 2 - case when {digit} > 4 then 9 else 0 end)" if i % 2 == 0 else digit
        for i, digit in enumerate(each_digit)
    ]
    return f"(({' + '.join(terms)}) % 10 = 0)"


def _wrong(on: Target) -> str:
    """Asked of each different number once: the check digit costs more than finding them.
    Materialized, or DuckDB asks first."""
    plain, ten = "regexp_replace(number, '^16(\\d{10})$|[- ]', '\\1', 'g')", "'\\d{10}'"
    return f"""
        with numbers as materialized (
            select text as number from {texts(on.cell)} where text is not null
        )
        select number
        from (select number, {plain} as plain from numbers)
        where not (
            case when regexp_full_match(plain, {ten}) then {luhn("plain")} else false end
        )
    """


def at_home(on: Target) -> list[str]:
    """SQL conditions under which the row is a Swedish supplier's, by the columns that say so."""
    conditions = []
    if "currency" in on.columns:
        conditions.append(f"coalesce(upper({on.columns['currency'].cell}), 'SEK') = 'SEK'")
    if "country" in on.columns:
        country = f"coalesce(upper({on.columns['country'].cell}), 'SE')"
        conditions.append(f"list_contains({HOME}, {country})")
    return conditions


def _sql(on: Target) -> str:
    cell = on.cell
    unmasked = f"not contains({cell}, '*')"
    letters = (
        f"({cell} < 'A' or {cell} >= '[' or starts_with({cell}, 'SE')"
        f" or not regexp_matches({cell}, '^[A-Z]{{2}}'))"
    )
    return f"case when {' and '.join([unmasked, letters, *at_home(on)])} then {cell} end"


EXPECTATION = Expectation(
    _sql,
    groups=_wrong,
    optional=("currency", "country"),
    form=True,
    right=("2321000131", "212000-1355", "162120002080"),
    wrong=("10004007", "5560530022"),
)
