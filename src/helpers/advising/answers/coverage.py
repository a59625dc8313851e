"""What operators report as available, by municipality and technology: the latest report of each, of
the whole municipality. A column for each technology (PTS) and a row for each mean the same."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import AXIS, LIST, SHARE, Answer, Mark, Said
from helpers.advising.answers.asking import NUMBERS, Asked, cell
from helpers.advising.answers.counting import MOST, YEARS
from helpers.declared import specifications
from helpers.reading import databases

FAST = 100  # Mbit/s
WHOLE = ("alla", "total", "totalt", "hela kommunen")  # of a kind of settlement: all of them
MAIN = (
    "fiber",
    "kabel-tv",
    "5G",
    "4G",
)  # which technology a question is of, the first that is told


def _prepared(asked: Asked, question: str) -> str | Answer:
    """Make ``reported`` (place, technology, settlement, whole, year, speed, households, share 0-1,
    latest); returns the technology that questions are of ('' where none is told), or why there is
    none."""
    made = _shares(asked)
    if not made:
        wrong = asked.refused(question, {"coverage_share": NUMBERS})
        return wrong or Answer(question, why=[Said("why.no_shares"), Said("needs.no_shares")])

    def text(field: str) -> str:
        return f'"{field}"::varchar' if asked.has(field) else "null::varchar"

    def number(field: str) -> str:
        return f'"{field}"::double' if asked.has(field, NUMBERS) else "null::double"

    dated = "year(measured_at)" if asked.has("measured_at", ("date", "datetime")) else "null"
    whole = ", ".join(map(databases.quoted, WHOLE))
    each = " union all ".join(
        f"select source_row, {name} as technology, {value}::double as share from {relation}"
        for name, value, relation in made
    )
    asked.connection.execute(f"""
        create or replace temp table reported as
        with each as ({each}),
        one as (
            select coalesce({text("kommun")}, {text("kommunkod")}, '') as place,
                coalesce(e.technology, '') as technology,
                lower({text("settlement")}) as settlement,
                coalesce(lower({text("settlement")}) in ({whole}), true) as whole,
                coalesce({number("year")}, {dated})::int as year,
                {number("speed_mbit")} as speed, {number("households")} as households,
                e.share / (select if(max(share) <= 1, 1, 100) from each) as share
            from each e join asked using (source_row)
            where e.share is not null
        )
        select *, rank() over (partition by place order by year desc nulls last) = 1 as latest
        from one where share between 0 and 1""")
    known = [row[0] for row in asked.rows("select technology from reported group by 1 order by 1")]
    if not known:
        return Answer(question, why=[Said("why.no_shares"), Said("needs.no_shares")])
    return next((one for one in MAIN if one in known), known[0])


def _shares(asked: Asked) -> list[tuple[str, str, str]]:
    """SQL of the technology, of the share and of the relation that has both, for each column of
    shares that may be shown."""
    if asked.has("coverage_share", NUMBERS):
        named = '"technology"::varchar' if asked.has("technology") else "null"
        return [(named, '"coverage_share"', "asked")]
    if asked.specification is None or asked.column("coverage_share") is not None:
        return []
    main = asked.snapshot.main
    wide = specifications.spread([column.name for column in main.columns], asked.specification)
    if wide is None or wide.by != "technology":
        return []
    source = databases.quoted(asked.snapshot.parquet())
    columns = [(main.column(name), meant) for name, meant in wide.columns.items()]
    return [
        (databases.quoted(meant), cell(column), source)
        for column, meant in columns
        if column.name not in asked.marked and column.type in NUMBERS
    ]


def _weighed(asked: Asked, where: str) -> tuple[str, bool]:
    """SQL of the share of all places together, and whether households weigh it: only where each row
    of those says how many they are."""
    rows, told = asked.one(f"select count(*), count(households) from reported where {where}")
    weighed = rows > 0 and told == rows
    mean = "sum(share * households) / nullif(sum(households), 0)"
    return (mean if weighed else "quantile_disc(share, 0.5)"), weighed


def technologies(asked: Asked) -> Answer:
    """How large a share of the households can have which technology?"""
    question = "coverage.technologies"
    first = _prepared(asked, question)
    if isinstance(first, Answer):
        return first
    where = f"latest and whole and {_slowest()}"
    share, weighed = _weighed(asked, where)
    found = asked.rows(f"""
        select technology, {share}, count(distinct place) from reported where {where}
        group by technology order by 2 desc nulls last, technology""")
    marks = [_mark(name, value, places) for name, value, places in found if value is not None]
    if not marks:
        return Answer(question, why=[Said("why.no_shares"), Said("needs.no_shares")])
    top = marks[0]
    told: dict[str, Any] = {"name": top.label, "share": top.value, "rows": top.rows}
    places = max(mark.rows or 0 for mark in marks)
    code = "weighed" if weighed else "one" if places == 1 else "median"
    if not top.label:
        code += "_any"
    said = [Said(f"{question}.{code}", told), *_years(asked)]
    return Answer(question, said, marks[:MOST], LIST, SHARE, _doubts(asked))


def _slowest() -> str:
    """SQL: of rows with several speeds the least, which all that have a faster one have too."""
    return "coalesce(speed, 0) = (select coalesce(min(speed), 0) from reported where latest)"


def _mark(name: str, share: float, places: int) -> Mark:
    return Mark(name, share, int(places), "" if name else "any_technology")


def _years(asked: Asked) -> list[Said]:
    """Of which year the latest reports are, and that the file does not say it."""
    first, last = asked.one("select min(year), max(year) from reported where latest")
    if first is None:
        return [Said("coverage.no_year")]
    if first == last:
        return [Said("coverage.year", {"text_year": str(last)})]
    return [Said("coverage.several_years", {"text_first": str(first), "text_last": str(last)})]


def _unnamed(technology: str) -> str:
    """What ends the code of a sentence where the file names no technology."""
    return "" if technology else "_any"


def _doubts(asked: Asked) -> list[Said]:
    field = "coverage_share" if asked.has("coverage_share") else ""
    return [Said("doubt.reported"), *(asked.doubts(field) if field else [])]


def places(asked: Asked) -> Answer:
    """Which municipalities have least of it?"""
    question = "coverage.places"
    first = _prepared(asked, question)
    if isinstance(first, Answer):
        return first
    of = databases.quoted(first)
    found = asked.rows(f"""
        select place, max(share) as share from reported
        where latest and whole and technology = {of} and {_slowest()} and place <> ''
        group by place order by share, place""")
    if len(found) < 2:
        return Answer(question, why=[Said("why.one_place"), Said("needs.one_place")])
    marks = [Mark(name, share, 1) for name, share in found[:MOST]]
    told = {"name": marks[0].label, "share": marks[0].value, "share_most": found[-1][1]}
    told |= {"rows": len(found), "text_technology": first}
    code = ("alike" if found[0][1] == found[-1][1] else "said") + _unnamed(first)
    doubts = [Said("doubt.most_covered", {"count": len(found) - MOST})] if len(found) > MOST else []
    said = [Said(f"{question}.{code}", told), *_years(asked)]
    return Answer(question, said, marks, LIST, SHARE, doubts + _doubts(asked))


def settlements(asked: Asked) -> Answer:
    """Is it worse in the country than in towns?"""
    question = "coverage.settlements"
    first = _prepared(asked, question)
    if isinstance(first, Answer):
        return first
    where = f"latest and technology = {databases.quoted(first)} and settlement is not null"
    where += f" and {_slowest()}"
    share, weighed = _weighed(asked, where)
    found = asked.rows(f"""
        select settlement, {share}, count(*) from reported where {where}
        group by settlement order by 2 desc nulls last, settlement""")
    marks = [Mark(name, value, int(n)) for name, value, n in found if value is not None]
    if len(marks) < 2:
        return Answer(question, why=[Said("why.one_settlement"), Said("needs.one_settlement")])
    told = {"name": marks[0].label, "share": marks[0].value, "name_least": marks[-1].label}
    told |= {"share_least": marks[-1].value, "text_technology": first}
    code = ("weighed" if weighed else "median") + _unnamed(first)
    said = [Said(f"{question}.{code}", told), *_years(asked)]
    return Answer(question, said, marks, LIST, SHARE, _doubts(asked))


def years(asked: Asked) -> Answer:
    """How has it grown? Over the places that each year is told of."""
    question = "coverage.years"
    first = _prepared(asked, question)
    if isinstance(first, Answer):
        return first
    where = f"whole and technology = {databases.quoted(first)} and year is not null"
    within = asked.one(f"select count(distinct year) from reported where {where}")[0]
    if within < 2:
        code = "one_year" if within else "no_told_year"
        return Answer(question, why=[Said(f"why.{code}"), Said("needs.one_year")])
    whole = f"""{where} and place in (select place from reported where {where}
        group by place having count(distinct year) = {within})"""
    share, _ = _weighed(asked, whole)
    found = asked.rows(f"""
        select year, {share}, count(distinct place) from reported where {whole}
        group by year order by year desc limit {YEARS}""")
    marks = [Mark(str(year), value, int(n)) for year, value, n in reversed(found)]
    if len(marks) < 2:
        return Answer(question, why=[Said("why.one_year"), Said("needs.one_year")])
    told: dict[str, Any] = {"share_first": marks[0].value, "share_last": marks[-1].value}
    told |= {"text_first": marks[0].label, "text_last": marks[-1].label}
    told |= {"text_technology": first, "rows": marks[-1].rows}
    said = [Said(f"{question}.said{_unnamed(first)}", told)]
    return Answer(question, said, marks, AXIS, SHARE, _doubts(asked))


def fast(asked: Asked) -> Answer:
    """How large a share of the households can have 100 Mbit/s or more?"""
    question = "coverage.fast"
    first = _prepared(asked, question)
    if isinstance(first, Answer):
        return first
    where = f"latest and whole and speed >= {FAST}"
    at_least = f"(select min(speed) from reported where {where})"
    share, weighed = _weighed(asked, f"{where} and speed = {at_least}")
    found = asked.rows(f"""
        select technology, {share}, count(distinct place) from reported
        where {where} and speed = {at_least} group by technology order by 2 desc, technology""")
    if not found:
        return Answer(question, why=[Said("why.no_speeds"), Said("needs.no_speeds")])
    marks = [_mark(name, value, n) for name, value, n in found if value is not None]
    speed = asked.one(f"select {at_least}")[0]
    told: dict[str, Any] = {"share": marks[0].value, "name": marks[0].label}
    told |= {"mbit": float(speed), "rows": marks[0].rows}
    one = "any" if not marks[0].label else "said"
    said = [Said(f"{question}.{one}{'_weighed' if weighed else ''}", told), *_years(asked)]
    return Answer(question, said, marks, LIST, SHARE, [Said("doubt.overlap"), *_doubts(asked)])
