"""Within an area and a technology a higher speed has no larger share than a lower one.

Whoever can get 1,000 Mbit/s can get 100: columns or rows have changed places. Rows are compared
that agree in area, technology and whatever else is named. Source: PTS's mapping counts each speed
as "at least".
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _wrong(on: Target) -> str | None:
    if not (on.column.numeric and on.columns["speed"].numeric):
        return None
    area = on.columns["area"].cell
    cells = [area, *(f"coalesce({column.cell}, '')" for column in on.listed("within"))]
    return f"""
        with own as (
            select
                source_row,
                {on.value} as share,
                {on.columns["speed"].value} as speed,
                hash({", ".join(cells)}) as kind
            from base
            where {area} is not null
        ),
        ranked as (
            select
                *,
                min(share) over (
                    partition by kind
                    order by speed
                    range between unbounded preceding and 0.001 preceding
                ) as lowest
            from own
            where share is not null and speed is not null
        )
        select source_row
        from ranked
        where share > lowest
    """


EXPECTATION = Expectation(
    lambda on: (
        f"case when {on.cell} is not null and {on.columns['speed'].cell} is not null"
        " then source_row end"
    ),
    columns=("speed", "area"),
    optional=("within",),
    groups=_wrong,
    right=(
        [
            {"column": "0.95", "speed": "100", "area": "1080"},
            {"column": "0.9", "speed": "1000", "area": "1080"},
            {"column": "0.99", "speed": "1000", "area": "1082"},
        ],
    ),
    wrong=(
        [
            {"column": "0.90", "speed": "100", "area": "1080"},
            {"column": "0.95", "speed": "1000", "area": "1080"},
        ],
    ),
)
