"""The id is {prefix} and {part_list}, with a hyphen between them.

An id that is made otherwise meets another publisher's when files are put together, or does not
lead back to its own record. Source: Livsmedelsinspektioner version 2, F- and I-ids.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, literal


def _sql(on: Target) -> str:
    parts = [part.cell for part in on.listed("part_list")]
    made = " || '-' || ".join([literal(on.kwargs["prefix"]), *parts])
    # a part that is missing makes the whole null: such a row is not checked
    return f"({on.cell} = {made})"


EXPECTATION = Expectation(_sql, columns=("part_list",), takes={"prefix": REQUIRED})
