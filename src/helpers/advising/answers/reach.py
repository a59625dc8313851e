"""How far one comes by timetable: the stops that are reached within an hour from one of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from helpers.advising.answers.answer import LIST, ROWS, Answer, Ground, Mark, Said
from helpers.advising.answers.asking import Asked
from helpers.advising.answers.timetables import day_of, doubts, named, opened

if TYPE_CHECKING:
    from helpers.traffic.feed import Feed

QUESTION = "timetables.reach"
START, WITHIN = 8 * 3600, 3600  # seconds of the day, seconds
BANDS = (15, 30, 45, 60)  # minutes
METRES = 111_320  # a degree of latitude
MOST_DOTS = 6000
AROUND = 1.4  # how much farther than the farthest that is reached a map shows


def _places(feed: Feed) -> list[tuple[int, str, str, int, float | None, float | None]]:
    """Place (n), id, name, departures, longitude, latitude; those with most departures first."""
    return feed.con.execute("""
        with departure as (
            select s.place as n, count(*) as departures from call c join stop s on c.stop = s.n
            where day = 0 and leaves and not on_demand and t is not null group by 1
        ), spot as (select place as n, avg(lon) as lon, avg(lat) as lat from stop group by 1)
        select p.n, p.id, coalesce(p.name, p.id), coalesce(d.departures, 0),
            coalesce(p.lon, s.lon), coalesce(p.lat, s.lat)
        from stop p join spot s using (n) left join departure d using (n)
        where p.place = p.n and p.kind in (0, 1)
        order by d.departures desc nulls last, p.n""").fetchall()


def reach(asked: Asked) -> Answer:
    """How far does one come in an hour from a stop: the one that is asked for, else the one with
    most departures?"""
    ready = opened(asked, QUESTION)
    if isinstance(ready, Answer):
        return ready
    feed, calendar = ready
    places, sought = _places(feed), asked.wanted.stop.strip()
    origin = _found(places, sought, feed) if sought else places[0]
    if origin is None:
        return Answer(QUESTION, why=[Said("why.no_stop", {"text": sought}), Said("needs.no_stop")])
    from helpers.traffic import reaching  # pandas: 0.5 s

    made = reaching.reached(feed, origin[0], 0, START, WITHIN)
    if made.bounded:
        return Answer(QUESTION, why=[Said("why.too_much_traffic"), Said("needs.too_much_traffic")])
    at = {place: seconds / 60 for place, seconds in made.seconds.items() if place != origin[0]}
    served = len({place[0] for place in places if place[3]} | set(at)) - (origin[3] > 0)
    marks, low = [], 0
    for high in BANDS:
        count = sum(low < minutes <= high or minutes == low == 0 for minutes in at.values())
        marks.append(Mark(f"{low}–{high} min", float(count), count))
        low = high
    beyond = served - len(at)
    marks.append(Mark("", float(beyond), beyond, "not_within"))
    names = {"stop_name": origin[2], "stop_id": origin[1]}
    shown = [name for column, name in names.items() if named(asked, "stops", column)]
    told: dict[str, Any] = {**day_of(calendar), "count": len(at), "rows": served}
    told |= {"name": next(iter(shown), "–")}
    code = "chosen" if sought else "said"
    said = [Said(f"{QUESTION}.{code}", told)]
    how = [Said("doubt.changes", {"n": reaching.CHANGE // 60}), *doubts(asked)]
    return Answer(QUESTION, said, marks, LIST, ROWS, how, ground=_ground(places, origin[0], at))


def _found(places: list[Any], sought: str, feed: Feed) -> Any | None:
    """The place of that id or name: whole, else part of it; of several the one with most
    departures. A stop of a station is its station."""
    plain = sought.casefold()
    by_n = {place[0]: place for place in places}
    for n, id in feed.con.execute("select place, id from stop").fetchall():
        if id.casefold() == plain and n in by_n:
            return by_n[n]
    whole = [place for place in places if place[2].casefold() == plain]
    part = [place for place in places if plain in place[2].casefold()]
    return next(iter(whole or part), None)


def _ground(places: list[Any], origin: int, at: dict[int, float]) -> Ground | None:
    """Where the places lie, in metres; of those that are not reached the ones around."""
    start = next((p for p in places if p[0] == origin and p[4] is not None), None)
    if start is None:
        return None
    wide = METRES * math.cos(math.radians(start[5]))
    centre = [round(start[4] * wide), round(start[5] * METRES), 0]
    dots = []
    for n, _, _, departures, lon, lat in places:
        if lon is None or n == origin or not departures:
            continue
        east, north = round(lon * wide), round(lat * METRES)
        band = next((i for i, high in enumerate(BANDS) if at.get(n, 999) <= high), len(BANDS))
        dots.append((math.hypot(east - centre[0], north - centre[1]), [east, north, band]))
    far = max((metres for metres, dot in dots if dot[2] < len(BANDS)), default=0) * AROUND
    shown = [dot for metres, dot in sorted(dots) if dot[2] < len(BANDS) or metres <= far]
    return Ground(dots=shown, centre=centre) if 0 < len(shown) <= MOST_DOTS else None
