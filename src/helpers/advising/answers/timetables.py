"""What a timetable answers on a typical weekday: when there is traffic, how many stops have it each
hour, which lines run most, and what is told of wheelchairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.advising.answers.answer import AXIS, DEPARTURES, LIST, ROWS, Answer, Mark, Said
from helpers.advising.answers.asking import Asked
from helpers.advising.answers.counting import MOST, greatest, tied

if TYPE_CHECKING:
    from helpers.traffic.calendar import Calendar
    from helpers.traffic.feed import Feed

# hours of the day that each must have a departure where traffic is hourly [our own bound]
HOURLY = range(7, 19)
FREQUENT = 4 * len(HOURLY)  # departures in them: every quarter of an hour on average
KINDS = ("weekday", "saturday", "sunday")


def opened(asked: Asked, question: str, *, times: bool = True) -> tuple[Feed, Calendar] | Answer:
    """The feed and the days that stand for it, or why there is no answer."""
    feed, calendar = asked.feed, asked.calendar
    if feed is None or calendar is None or not calendar.days:
        return Answer(question, why=[Said("why.no_days"), Said("needs.no_days")])
    if not feed.one("select count(*) from run where day = 0"):
        return Answer(question, why=[Said("why.no_weekday"), Said("needs.no_days")])
    if times and not feed.one("select count(*) from call where day = 0 and t is not null"):
        code = "no_traffic" if feed.has("stop_times") else "no_times"
        return Answer(question, why=[Said(f"why.{code}"), Said(f"needs.{code}")])
    return feed, calendar


def day_of(calendar: Calendar) -> dict[str, Any]:
    """The date that an answer is of, as a sentence has it."""
    return {"on_day": calendar.days[0].date.isoformat()}


def doubts(asked: Asked) -> list[Said]:
    """How the day was chosen, what is booked and not counted, and what points nowhere."""
    assert asked.feed is not None and asked.calendar is not None
    weeks = asked.calendar.weeks
    said = [Said("doubt.day_chosen", {"count": weeks})] if weeks else [Said("doubt.day_only")]
    booked = asked.feed.one("select count(*) from call where day = 0 and leaves and on_demand")
    if booked:
        said.append(Said("doubt.booked", {"count": booked}))
    lost = sum(n for name, n in asked.feed.broken.items() if name.startswith("visit_"))
    if lost:
        said.append(Said("doubt.points_nowhere", {"count": lost}))
    if asked.feed.untimed:
        said.append(Said("doubt.untimed", {"count": asked.feed.untimed}))
    return said


def named(asked: Asked, table: str, column: str) -> bool:
    """True where the names of a table of the feed may be shown."""
    return column not in asked.screening.marked(table)


def hours(asked: Asked) -> Answer:
    """When on a weekday is there traffic? Each stop where passengers can board counts."""
    question = "timetables.hours"
    ready = opened(asked, question)
    if isinstance(ready, Answer):
        return ready
    feed, calendar = ready
    found = dict(
        feed.con.execute("""
            select least(t // 3600, 24)::int as hour, count(*) from call
            where day = 0 and leaves and not on_demand and t >= 0
            group by hour order by hour""").fetchall()
    )
    if not found:
        return Answer(question, why=[Said("why.no_traffic"), Said("needs.no_traffic")])
    night = found.pop(24, 0)
    span = range(min(found, default=24), max(found, default=0) + 1)
    marks = [Mark(f"{hour:02d}", float(found.get(hour, 0)), found.get(hour, 0)) for hour in span]
    if night:
        marks.append(Mark("", float(night), night, "after_midnight"))
    top = greatest(marks[: len(span)] or marks)
    assert top is not None
    told: dict[str, Any] = {
        **day_of(calendar),
        "text_hour": top.label or "00",
        "count": int(top.value or 0),
        "rows": sum(found.values()) + night,
    }
    code = "tied" if tied(marks) else "said"
    said = [Said(f"{question}.{code}", told)]
    return Answer(question, said, marks, AXIS, DEPARTURES, doubts(asked))


def days(asked: Asked) -> Answer:
    """How much less runs at weekends, and when do the first and the last leave?"""
    question = "timetables.days"
    ready = opened(asked, question)
    if isinstance(ready, Answer):
        return ready
    feed, calendar = ready
    found = {
        int(day): (int(n), first, last)
        for day, n, first, last in feed.con.execute("""
            select day, count(*), min(t), max(t) from call
            where leaves and not on_demand group by day""").fetchall()
    }
    marks = []
    for i, day in enumerate(calendar.days):
        count = found.get(i, (0, None, None))[0]
        marks.append(Mark("", float(count), count, f"day_{day.kind}"))
    _, first, last = found.get(0, (0, None, None))
    if first is None:
        return Answer(question, why=[Said("why.no_traffic"), Said("needs.no_traffic")])
    told: dict[str, Any] = {**day_of(calendar), "clock_first": first, "clock_last": last}
    said = [Said(f"{question}.said", told)]
    by_kind = {day.kind: marks[i].value or 0 for i, day in enumerate(calendar.days)}
    weekday = by_kind.get("weekday", 0)
    if weekday and "sunday" in by_kind:
        share = by_kind["sunday"] / weekday
        said.append(Said(f"{question}.{'sunday' if share else 'no_sunday'}", {"share": share}))
    return Answer(question, said, marks, LIST, DEPARTURES, doubts(asked))


def hourly(asked: Asked) -> Answer:
    """How large a share of the stops has traffic each hour of the day?"""
    question = "timetables.hourly"
    ready = opened(asked, question)
    if isinstance(ready, Answer):
        return ready
    feed, calendar = ready
    first, last = HOURLY[0], HOURLY[-1]
    inside = f"t // 3600 between {first} and {last}"
    stops, every, often = feed.con.execute(f"""
        select count(*), count(*) filter (where hours = {len(HOURLY)}),
            count(*) filter (where hours = {len(HOURLY)} and departures >= {FREQUENT})
        from (
            select s.place, count(distinct t // 3600) filter (where {inside}) as hours,
                count(*) filter (where {inside}) as departures
            from call c join stop s on c.stop = s.n
            where day = 0 and leaves and not on_demand and t is not null
            group by s.place
        )""").fetchone() or (0, 0, 0)
    if not stops:
        return Answer(question, why=[Said("why.no_traffic"), Said("needs.no_traffic")])
    without = feed.one("""
        select count(*) from stop p
        where p.place = p.n and p.kind in (0, 1) and p.n not in (
            select s.place from call c join stop s on c.stop = s.n
            where day = 0 and leaves and not on_demand and t is not null)""")
    counts = {"often": often, "hourly": every - often, "seldom": stops - every, "none": without}
    marks = [Mark("", float(n), int(n), f"traffic_{code}") for code, n in counts.items() if n]
    told = {**day_of(calendar), "count": int(every), "rows": int(stops), "share": every / stops}
    told |= {"text_from": f"{first:02d}", "text_to": f"{last + 1:02d}"}
    return Answer(question, [Said(f"{question}.said", told)], marks, LIST, ROWS, doubts(asked))


def lines(asked: Asked) -> Answer:
    """Which lines have most trips?"""
    question = "timetables.lines"
    ready = opened(asked, question, times=False)
    if isinstance(ready, Answer):
        return ready
    feed, calendar = ready
    names = [one for one in ("name", "long_name") if named(asked, "routes", f"route_{_of(one)}")]
    label = f"concat_ws(' ', {', '.join(f'o.{one}' for one in names)})" if names else "''"
    found = feed.con.execute(f"""
        with start as (
            select trip, sum(greatest(ceil((finish - start) / headway), 1)) as runs
            from frequency group by trip
        )
        select nullif({label}, '') as label, sum(coalesce(f.runs, 1))::bigint as n
        from run r join trip t on r.trip = t.n join route o on t.route = o.n
        left join start f on f.trip = r.trip
        where r.day = 0
        group by o.n, label order by n desc, label nulls last, o.n""").fetchall()
    if not found:
        return Answer(question, why=[Said("why.no_weekday"), Said("needs.no_days")])
    marks = [
        Mark(str(name), float(n), int(n)) if name else Mark("", float(n), int(n), "rank", i)
        for i, (name, n) in enumerate(found[:MOST], 1)
    ]
    total = sum(int(n) for _, n in found)
    rest = total - sum(int(n) for _, n in found[:MOST])
    if len(found) > MOST:
        marks.append(Mark("", float(rest), rest, "others", len(found) - MOST))
    top, said = marks[0], []
    told = {**day_of(calendar), "count": int(top.value or 0), "rows": total}
    told |= {"different": len(found), "name": top.label}
    code = "tied" if tied(marks[:MOST]) else "said"
    said = [Said(f"{question}.{code if top.label else 'total'}", told)]
    return Answer(question, said, marks, LIST, ROWS, doubts(asked))


def _of(column: str) -> str:
    return {"name": "short_name", "long_name": "long_name"}[column]


def wheelchair(asked: Asked) -> Answer:
    """At how many stops is it told whether one can board in a wheelchair? A stop that says nothing
    has what its station says."""
    question = "timetables.wheelchair"
    feed = asked.feed
    if feed is None:
        return Answer(question, why=[Said("why.no_days"), Said("needs.no_days")])
    source = feed.source("stops", "stop_id", "parent_station", "wheelchair_boarding")
    told = "case when wheelchair_boarding in ('1', '2') then wheelchair_boarding end"
    yes, no, rows = feed.con.execute(f"""
        with said as (select stop_id as id, {told} as told, parent_station as parent from {source}),
        one as (
            select n, coalesce(any_value(a.told), any_value(b.told)) as told
            from stop join said a using (id) left join said b on a.parent = b.id
            where kind = 0 group by n
        )
        select count(*) filter (where told = '1'), count(*) filter (where told = '2'), count(*)
        from one""").fetchone() or (0, 0, 0)
    if not yes + no:
        left: dict[str, Any] = {"count": int(rows)}
        return Answer(question, why=[Said("why.no_wheelchair", left), Said("needs.no_wheelchair")])
    counts = {"answer_yes": yes, "answer_no": no, "unknown": rows - yes - no}
    marks = [Mark("", float(n), int(n), code) for code, n in counts.items()]
    figures = {"count": int(yes), "rows": int(rows), "left": int(rows - yes - no)}
    return Answer(question, [Said(f"{question}.said", figures)], marks, LIST, ROWS)
