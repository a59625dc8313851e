"""No 2 names differ only in case, blanks, punctuation or the form of company.

Sums by name are split. Source: usual practice of registers; two firms may rightly have near names,
so information.
"""

from __future__ import annotations

from helpers.checking.asked_once import texts
from helpers.checking.expectations.expectation import Expectation, Target

FORMS = r"\b(ab|aktiebolag|hb|kb|publ|sverige|sweden|i likvidation)\b"


def folded(cell: str) -> str:
    """SQL: the name without what people spell differently."""
    return (
        f"regexp_replace(regexp_replace(strip_accents(lower({cell})), '{FORMS}', '', 'g'),"
        " '[^a-z0-9]', '', 'g')"
    )


def _wrong(on: Target) -> str:
    return f"""
        with names as (
            select text as name from {texts(on.cell)} where text is not null
        ),
        keyed as (
            select name, {folded("name")} as key from names
        )
        select name
        from keyed
        where key <> ''
            and key in (select key from keyed group by key having count(*) > 1)
    """


EXPECTATION = Expectation(
    lambda on: on.cell,
    groups=_wrong,
    right=([{"column": "Telia"}, {"column": "Tele2"}],),
    wrong=([{"column": "Telia AB"}, {"column": "TELIA"}],),
)
