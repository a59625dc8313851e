"""A time of day as GTFS writes it, as SQL: seconds after the service day's noon minus twelve hours.

25:10:00 is ten past one in the night. What does not read gives null.
"""

from __future__ import annotations

TIME = r"\d{1,3}:[0-5]\d:[0-5]\d"


def seconds(cell: str) -> str:
    """6:05:00 is 21900."""
    hours, minutes, rest = f"left({cell}, -6)", f"left(right({cell}, 5), 2)", f"right({cell}, 2)"
    return (
        f"case when regexp_full_match({cell}, '{TIME}') then try_cast({hours} as int) * 3600"
        f" + try_cast({minutes} as int) * 60 + try_cast({rest} as int) end"
    )
