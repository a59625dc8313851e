"""Ten digits whose last is the Luhn check digit; a masked number (*) is not checked.

A wrong digit ties the payment to another firm, or to none. ``16`` before the ten digits and a hyphen are allowed. Source:
Bolagsverket's numbers, and Luhn (ISO/IEC 7812-1). Real ledgers hold numbers that fail and are right (foreign suppliers):
a warning, never more.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def luhn(digits: str) -> str:
    """SQL that is true where the expression, ten digits, passes the Luhn check."""
    found = [f"({digits}::bigint // {10 ** (10 - i)} % 10)" for i in range(1, 11)]
    terms = [
        f"({one} * 2 - case when {one} > 4 then 9 else 0 end)" if i % 2 == 0 else one for i, one in enumerate(found)
    ]
    return f"(({' + '.join(terms)}) % 10 = 0)"


def _wrong(on: Target) -> str:
    """Asked of each different number once: the check digit costs more than finding them. Materialized, or DuckDB asks first."""
    plain, ten = "regexp_replace(number, '^16(\\d{10})$|[- ]', '\\1', 'g')", "'\\d{10}'"
    return (
        f"with numbers as materialized (select distinct {on.cell} as number from base where {on.cell} is not null) "
        f"select number from (select number, {plain} as plain from numbers) "
        f"where not (case when regexp_full_match(plain, {ten}) then {luhn('plain')} else false end)"
    )


EXPECTATION = Expectation(
    lambda on: f"case when not contains({on.cell}, '*') then {on.cell} end", groups=_wrong,
    right=("2321000131", "212000-1355", "162120002080"), wrong=("10004007", "5560530022"),
)  # fmt: skip
