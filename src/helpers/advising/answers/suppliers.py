"""Of whom was bought: the largest suppliers that are legal persons, all others together, so that no
sole trader is named or found by subtraction.

Only a legal person's organisation number makes a supplier one that may be named, and only where no
mark forbids the column of names. Of the others a sum is told where at least k of them are in it;
else suppliers are added to it, the smallest first, until there are k.
"""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import KRONOR, LIST, SHARE, Answer, Mark, Said
from helpers.advising.answers.asking import Asked, cell
from helpers.advising.answers.counting import MOST
from helpers.advising.answers.invoices import crowns, other_currency, refused
from helpers.reading import databases

# a legal person's: first digit 2-8, third digit 2 or more (see advising.across.facts)
LEGAL = r"^(?:SE)?(?:16)?([2-8]\d[2-9]\d{3}-?\d{4})(?:01)?$"
QUESTION = "invoices.suppliers"
TOPS = (1, 5, 10, 50, 100)  # how many of the largest together


def _number(text: str) -> str:
    """SQL: the ten digits of a legal person's number whose check digit is right, else null."""
    plain = f"upper(regexp_replace({text}, '\\s', '', 'g'))"
    digits = f"replace(regexp_extract({plain}, '{LEGAL}', 1), '-', '')"
    places = (
        f"(list_sum(list_transform(range(1, 11), lambda i: case when i % 2 = 1"
        f" then (try_cast(substr({digits}, i, 1) as int) * 2) % 10"
        f" + (try_cast(substr({digits}, i, 1) as int) * 2) // 10"
        f" else try_cast(substr({digits}, i, 1) as int) end)) % 10 = 0)"
    )
    return f"case when length({digits}) = 10 and {places} then {digits} end"


def _grouped(asked: Asked) -> None:
    """Make the table ``suppliers``: legal (its number, or null), name where it may be shown, value,
    rows; a row a supplier, those without a legal person's number by what their number or name
    is."""
    number, name = asked.column("leverantor_id"), asked.column("leverantor")
    assert number is not None
    source = databases.quoted(asked.snapshot.parquet())
    # by whatever form of its number, else by name: spellings must not make k suppliers of one
    plain = "nullif(right(regexp_replace(coalesce(number, ''), '\\D', '', 'g'), 10), '')"
    called = f"lower({cell(name)})" if name else "null::varchar"
    shown = '"leverantor"' if asked.has("leverantor") else "null::varchar"
    asked.connection.execute(f"""
        create or replace temp table suppliers as
        with one as (
            select source_row, {number.text} as number, {called} as called from {source}
        ), spelled as (
            select number, called, {shown} as name, sum(belopp)::double as value, count(*) as rows
            from asked
            join one using (source_row)
            where belopp is not null and {crowns(asked)}
            group by all
        ), each as (
            select *, {_number("number")} as legal, coalesce({plain}, called, '') as unknown
            from spelled
        )
        select legal, case when legal is null then unknown end as other, sum(value) as value,
            sum(rows)::bigint as rows, arg_max(name, {{'rows': rows, 'name': name}}) as name
        from each
        group by 1, 2""")


def bundled(
    named: list[Mark], rest: tuple[float, int, int], others: tuple[float, int, int], k: int
) -> list[Mark]:
    """Marks that tell nothing of fewer than ``k`` suppliers that are not named. ``named``: legal
    persons, the largest first; ``rest``: further legal persons, ``others``: suppliers that are none
    (value, rows, how many).

    Where the others are fewer than ``k`` they are told together with the rest, and with as many of
    the smallest named as are needed.
    """
    if not others[2] or others[2] >= k:
        parts = [("legal", rest), ("sole", others)]
        return named + [Mark("", v, n, code, m) for code, (v, n, m) in parts if m]
    value, rows, many = (a + b for a, b in zip(rest, others, strict=True))
    kept = list(named)
    while many < k and kept:
        last = kept.pop()
        value, rows, many = value + (last.value or 0), rows + (last.rows or 0), many + 1
    if many < k:  # fewer suppliers than k in all
        return []
    return [*kept, Mark("", value, int(rows), "mixed", int(many))]


def suppliers(asked: Asked) -> Answer:
    """Who were the largest suppliers, and how large a share had the ten largest?"""
    why = refused(asked, QUESTION, {})
    if why:
        return why
    if asked.column("leverantor_id") is None:
        told: dict[str, Any] = {"field": "leverantor_id", "column": "leverantor_id"}
        return Answer(QUESTION, why=[Said("why.absent", told), Said("needs.absent", told)])
    _grouped(asked)
    named, sums = _legal(asked)
    if len(named) < 2 or sums["total"] <= 0:
        return Answer(QUESTION, why=[Said("why.no_legal"), Said("needs.no_legal")])
    marks = bundled(named, sums["rest"], sums["others"], asked.k)
    if not marks:
        return Answer(QUESTION, why=[Said("why.few_suppliers", {"k": asked.k})])
    shown = [mark for mark in marks if mark.code in ("", "rank")]
    share = sum(mark.value or 0 for mark in shown) / sums["total"]
    told = {"n": len(shown), "share": share, "kronor_total": sums["total"]}
    said = [Said(f"{QUESTION}.concentration", told)] if len(shown) > 1 else []
    column = asked.column("leverantor")
    if column and column.name in asked.marked:  # of a marked column only what is bundled
        sums_of = sum(mark.value or 0 for mark in shown), sum(mark.rows or 0 for mark in shown)
        largest = [Mark("", *sums_of, "largest", len(shown))] if shown else []
        marks = largest + [mark for mark in marks if mark not in shown]
    elif shown and shown[0].code == "":
        top = {"name": shown[0].label, "kronor": shown[0].value}
        said.insert(0, Said(f"{QUESTION}.largest", top))
    doubts = asked.doubts("belopp") + other_currency(asked)
    if not asked.has("leverantor"):
        lacks = "unnamed_marked" if column else "unnamed_absent"
        doubts.insert(0, Said(f"doubt.{lacks}", {"column": column.name if column else ""}))
    return Answer(QUESTION, said, marks, LIST, KRONOR, doubts)


def _legal(asked: Asked) -> tuple[list[Mark], dict[str, Any]]:
    """The largest legal persons, and sums of the further ones, of all others and of all."""
    found = asked.rows(f"""
        select name, value, rows from suppliers where legal is not null
        order by value desc, legal limit {MOST}""")
    named = [
        Mark(str(name), value, int(rows))
        if name is not None
        else Mark("", value, int(rows), "rank", i)
        for i, (name, value, rows) in enumerate(found, 1)
    ]
    legal, others, total = (
        asked.one(
            "select coalesce(sum(value), 0), coalesce(sum(rows), 0), count(*) from suppliers"
            f" where {where}"
        )
        for where in ("legal is not null", "legal is null", "true")
    )
    rest = (
        float(legal[0]) - sum(mark.value or 0 for mark in named),
        int(legal[1]) - sum(mark.rows or 0 for mark in named),
        int(legal[2]) - len(named),
    )
    sums: dict[str, Any] = {
        "rest": rest,
        "others": (float(others[0]), int(others[1]), int(others[2])),
        "total": float(total[0]),
    }
    return named, sums


def concentration(asked: Asked) -> Answer:
    """Do few suppliers have most of it? Of legal persons alone, and never of so many of them that
    what is left would tell of fewer than k others."""
    question = "invoices.concentration"
    why = refused(asked, question, {})
    if why:
        return why
    if asked.column("leverantor_id") is None:
        told: dict[str, Any] = {"field": "leverantor_id", "column": "leverantor_id"}
        return Answer(question, why=[Said("why.absent", told), Said("needs.absent", told)])
    _grouped(asked)
    total, others = asked.one(
        "select coalesce(sum(value), 0), count(*) filter (where legal is null) from suppliers"
    )
    amounts = [
        float(row[0])
        for row in asked.rows(
            "select value from suppliers where legal is not null and value > 0 order by value desc"
        )
    ]
    if len(amounts) < 2 or total <= 0:
        return Answer(question, why=[Said("why.no_legal"), Said("needs.no_legal")])
    least = asked.k if _unnamed(asked) else 1
    tops = [
        n for n in TOPS if least <= n <= len(amounts) and _safe(len(amounts) - n, others, asked)
    ]
    marks = [Mark("", sum(amounts[:n]) / total, n, "largest" if n > 1 else "top", n) for n in tops]
    if not marks:
        return Answer(question, why=[Said("why.few_suppliers", {"k": asked.k})])
    same = sum((amount / total) ** 2 for amount in amounts)
    figures: dict[str, Any] = {"share": marks[0].value, "n": tops[0], "share_same": same}
    ten = next((mark for mark in marks if mark.n == 10), None)
    said = [Said(f"{question}.one" if tops[0] == 1 else f"{question}.several", figures)]
    if ten and tops[0] != 10:
        said.append(Said(f"{question}.ten", {"share": ten.value}))
    half = _half(amounts, total)
    if half and _safe(len(amounts) - half, others, asked):
        said.append(Said(f"{question}.half", {"count": half, "rows": len(amounts)}))
    if least == 1:
        said.append(Said(f"{question}.chance", figures))
    doubts = [Said("doubt.legal_alone"), *asked.doubts("belopp"), *other_currency(asked)]
    return Answer(question, said, marks, LIST, SHARE, doubts)


def _unnamed(asked: Asked) -> bool:
    column = asked.column("leverantor")
    number = asked.column("leverantor_id")
    return any(one is not None and one.name in asked.marked for one in (column, number))


def _safe(left: int, others: int, asked: Asked) -> bool:
    """What is left beside the largest, with all that are no legal persons, tells of k or of none of
    the latter."""
    return not others or left + others >= asked.k


def _half(amounts: list[float], total: float) -> int:
    """How many of the largest have half of the sum together; 0 where all have less."""
    sum_of = 0.0
    for number, amount in enumerate(amounts, 1):
        sum_of += amount
        if sum_of * 2 >= total:
            return number
    return 0
