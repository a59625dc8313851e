"""No letters that were decoded twice (Ã¥ for å).

The name is unreadable and is found by no search. Source: UTF-8 read as Windows-1252, seen in real
deliveries.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

MOJIBAKE = "Ã¥|Ã¤|Ã¶|Ã…|Ã„|Ã–|Ã©|\ufffd"


def _sql(on: Target) -> str:
    cell = on.cell
    return (
        f"case when contains({cell}, 'Ã') or contains({cell}, '\ufffd')"
        f" then not regexp_matches({cell}, '{MOJIBAKE}')"
        f" when {cell} is not null then true end"
    )


EXPECTATION = Expectation(_sql, scope="each", right=("Håbo", "São Paulo"), wrong=("HÃ¥bo",))
