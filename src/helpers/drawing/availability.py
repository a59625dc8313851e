"""What operators report as available, by municipality: a layer for each technology and a table; never subtracted from measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.drawing import ground, positions
from helpers.drawing.layers import Areas, Fact, Kind, Table
from helpers.reading import databases, missing
from helpers.words import messages

if TYPE_CHECKING:
    from helpers.running.opening import Opened

LIMITS = (50, 80, 95, 99)  # per cent: the classes of the map
DRAWN = 4  # technologies, those with most municipalities
LISTED = 1000
FIELDS = ("kommunkod", "kommun", "technology", "measured_at", "coverage_share")


def _say(key: str, language: str, **values: Any) -> str:
    return messages.text(f"maps.broadband.available.{key}", language, **values)


def available(candidate: Opened, language: str) -> tuple[list[Areas], Table | None]:
    """Layers and table; none where the candidate has no shares, or they are marked as personal data.

    Of several reports on a municipality and a technology the latest is drawn, and of those the greatest. Shares are parts of
    1 where none is above 1, else per cent.
    """
    if candidate.snapshot is None or "coverage_share" not in candidate.fields:
        return [], None
    main, marked = candidate.tables.main, positions.marked(candidate)
    columns = {
        name: main.column(candidate.fields[name])
        for name in FIELDS
        if candidate.fields.get(name, "") not in {*marked, ""}
    }
    share = columns.get("coverage_share")
    if share is None:
        return [], None
    texts = {name: missing.present(column.text) for name, column in columns.items()}
    file = databases.quoted(candidate.tables.parquet())
    with databases.connect() as connection:
        listed = [name for name in columns if name != "measured_at"]
        cells = ", ".join(texts[name] for name in listed)
        rows = connection.execute(f"select {cells} from {file} order by source_row limit {LISTED}").fetchall()
        drawn = []
        if share.type in ("integer", "decimal"):
            code, name, technology = (texts.get(one, "null::varchar") for one in ("kommunkod", "kommun", "technology"))
            date = columns.get("measured_at")
            drawn = connection.execute(f"""
                with one as (select lpad({code}, 4, '0') as code, {name} as name, coalesce({technology}, '') as technology,
                        {date.value if date else "null"} as reported, {share.value}::double as share from {file}),
                scale as (select if(max(share) <= 1, 100, 1) as percent from one),
                last as (select * from one where share is not null
                    qualify rank() over (partition by code, name, technology order by reported desc nulls last) = 1)
                select technology, coalesce(code, name), max(share) * any_value(percent) as share from last, scale
                where coalesce(code, name) is not null group by 1, 2 having share between 0 and 100 order by 1, 2""").fetchall()
    head = [columns[name].name for name in listed]
    table = Table(_say("title", language), head, [tuple("–" if cell is None else str(cell) for cell in row) for row in rows],
                  _say("how", language), folded=True)  # fmt: skip
    return _layers(drawn, language), table


def _layers(drawn: list[tuple[str, str, float]], language: str) -> list[Areas]:
    shapes = ground.municipalities()
    by = {str(key): i for column in ("kommun", "kommunkod") for i, key in enumerate(shapes[column])}
    own: dict[str, dict[int, float]] = {}
    for technology, place, share in drawn:
        if place in by:
            own.setdefault(technology, {})[by[place]] = share
    most = sorted(own, key=lambda one: (-len(own[one]), one))[:DRAWN]
    ends = ["<\u00a050\u00a0%", "50–80\u00a0%", "80–95\u00a0%", "95–99\u00a0%", "≥\u00a099\u00a0%"]
    kinds = [Kind(end, f"s{i + 1}") for i, end in enumerate(ends)]
    how, layers = f"{_say('note', language)} {_say('latest', language)}", []
    for number, technology in enumerate(most):
        places, shares = shapes.iloc[list(own[technology])], list(own[technology].values())
        title = _say("layer", language, technology=technology) if technology else _say("layer_all", language)
        layers.append(Areas(key=f"available_{number + 1}", title=title, kinds=kinds, kind=np.searchsorted(LIMITS, shares, side="right"),
                            shapes=list(places.geometry), labels=list(places["kommun"]), shown=False, note=how,
                            facts=[Fact(_say("share", language), shares, "%", 1)]))  # fmt: skip
    return layers
