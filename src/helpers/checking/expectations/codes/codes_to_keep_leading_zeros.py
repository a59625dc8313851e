"""No 2 codes differ only in leading zeros (4392 and 004392).

One of them has been a number in a spreadsheet on its way. Source: article numbers of a real parts
list.
"""

from __future__ import annotations

from helpers.checking.asked_once import texts
from helpers.checking.expectations.expectation import Expectation, Target


def _wrong(on: Target) -> str:
    return f"""
        with codes as (
            select text as code
            from {texts(on.cell)}
            where regexp_full_match(text, '\\d+')
        )
        select code
        from codes
        where ltrim(code, '0') in (
            select ltrim(code, '0') from codes group by ltrim(code, '0') having count(*) > 1
        )
    """


EXPECTATION = Expectation(
    lambda on: on.cell,
    groups=_wrong,
    right=([{"column": "004392"}, {"column": "004393"}],),
    wrong=([{"column": "004392"}, {"column": "4392"}],),
)
