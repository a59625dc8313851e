"""A stop's id keeps all its digits: no scientific notation, and not every stop point ends in 0.

Excel keeps 15 digits, and the id of a stop point (9022…) has 16: 9022010001001001 becomes
9022010001001000. The id of an area (9021…) may rightly end in 0. Source: Trafiklab's description of
the ids.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

LEAST = 5  # points: one id in ten ends in 0 by itself
POINT = r"9022\d{12}"
SCIENTIFIC = r"\d([.,]\d+)?[eE]\+?\d+"


def _wrong(on: Target) -> str:
    return f"""
        with ids as (select distinct {on.cell} as id from base),
        points as (select id from ids where regexp_full_match(id, '{POINT}'))
        select id
        from ids
        where regexp_full_match(id, '{SCIENTIFIC}')
        union all
        select id
        from points
        where (select count(*) >= {LEAST} and bool_and(id like '%0') from points)
    """


_ROUNDED = [{"column": f"90220100{i:05}000"} for i in range(LEAST)]
EXPECTATION = Expectation(
    lambda on: on.cell,
    groups=_wrong,
    right=([*_ROUNDED, {"column": "9022010001001001"}], [{"column": "9021010000001000"}] * LEAST),
    wrong=(_ROUNDED, [{"column": "9,02201E+15"}]),
)
