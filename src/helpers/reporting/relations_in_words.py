"""What the relations of a table say in words: a sentence for each find, with the rows to look
at."""

from __future__ import annotations

from math import sqrt
from typing import Any

from helpers.profiling.relations.bounds import LEAST_ROWS
from helpers.words.escaping import shown
from helpers.words.messages import listed, number, text

CLEAR = 0.3  # an association that is told, at least
ERRORS = 4  # and so many standard errors of one that is none: 1 / sqrt(rows)
SENTENCES = 6  # of associations
TABLES = 12  # named in a sentence
ROWS = 12  # row numbers in a sentence
TEXT, NAME = 70, 60  # letters of a value, of a column's name


def said(key: str, language: str, **values: Any) -> str:
    """A text of this part."""
    return text(f"relations.{key}", language, **values)


def name(column: str) -> str:
    """A column's name, as it may be shown; a long one is cut."""
    safe = shown(column)
    return safe if len(safe) <= NAME else f"{safe[: NAME - 1]}…"


def names(columns: list[str], language: str) -> str:
    """Columns, as they may be shown: 'a, b och c'."""
    return listed([name(column) for column in columns], language)


def counted(count: int | None, language: str) -> str:
    """'en rad', '12 rader'; 'ett fåtal' where it is not shown."""
    if count is None:
        return said("few_people", language)
    many = "one" if count == 1 else "many"
    return said(f"count.{many}", language, count=number(count, language))


def rows(numbers: list[int], total: int | None, language: str) -> str:
    """The sentence on which rows; empty where none is named."""
    if not numbers:
        return ""
    named = ", ".join(map(str, numbers[:ROWS]))
    if (total or 0) > ROWS:
        named = said("more_rows", language, rows=named)
    return said("rows", language, rows=named)


def value(plain: str) -> str:
    """A text of the file, with the blanks that one does not see written out."""
    seen = plain.replace("\r\n", "↵").replace("\n", "↵").replace("\r", "↵").replace("\t", "→")
    ends = len(seen) - len(seen.lstrip()), len(seen) - len(seen.rstrip())
    seen = "␣" * ends[0] + seen.strip() + "␣" * ends[1]
    seen = seen.replace("\u00a0", "⍽").replace("  ", " ␣")
    safe = shown(seen)
    return safe if len(safe) <= TEXT else f"{safe[: TEXT - 1]}…"


def basis(made: dict[str, Any], language: str) -> str:
    """Which rows and columns were looked at."""
    taken, total = made["taken"], made["rows"]
    form = "all" if taken == total else "sample"
    parts = [
        said(f"basis.{form}", language, rows=number(total, language), taken=number(taken, language))
    ]
    marked = made["marked"]
    if marked:
        columns = listed([name(column) for column in marked], language, most=5)
        many = "one" if len(marked) == 1 else "many"
        parts.append(said(f"marked.{many}", language, count=len(marked), columns=columns))
    if made["width"] > made["columns"]:
        parts.append(said("columns", language, compared=made["columns"]))
    if made["k"]:
        parts.append(said("people", language, k=made["k"]))
    return " ".join([main(made, language), *parts]).strip()


def of_table(table: str, language: str) -> str:
    """A table's name, as it may be shown, between quotation marks."""
    return said("table", language, table=name(table))


def main(made: dict[str, Any], language: str) -> str:
    """Of a source of several tables: which of them is meant, and which are the others."""
    if "others" not in made:
        return ""
    beside = made["others"]
    named = [of_table(table, language) for table in beside["names"]]
    form = "one" if len(named) == 1 else "many"
    tables = listed(named, language, most=TABLES)
    told = {"table": of_table(beside["main"], language), "tables": tables, "count": len(named)}
    return said(f"main.{form}", language, **told)


def other_keys(made: dict[str, Any], language: str) -> list[str]:
    """What tells the rows of each of the other tables apart; which have too few rows to say."""
    beside = made["others"]
    told, few = [], []
    for table in beside["tables"]:
        where = {
            "table": of_table(table["table"], language),
            "rows": number(table["rows"], language),
        }
        if table["keys"] is None:
            few.append(of_table(table["table"], language))
        elif table["keys"]:
            sentence = " ".join(keys(table, language))
            told.append(said("other_keys.of", language, found=sentence, **where))
        else:
            told.append(said("other_keys.none", language, **where))
    if few:
        tables = listed(few, language)
        told.append(said("other_keys.few", language, least=LEAST_ROWS, tables=tables))
    if beside["large"]:
        tables = listed(
            [of_table(table, language) for table in beside["large"]], language, most=TABLES
        )
        told.append(said("other_keys.large", language, tables=tables))
    return told


def reference(found: dict[str, Any], language: str) -> str:
    """Which column refers to which key, and on how many rows it does not."""
    columns, tables = ("column", "to_column"), ("table", "to_table")
    sentence = said(
        f"references.{'whole' if found['lacking'] == 0 else 'broken'}",
        language,
        rows=number(found["rows"], language),
        count=counted(found["lacking"], language),
        **{end: name(found[end]) for end in columns},
        **{end: of_table(found[end], language) for end in tables},
    )
    return f"{sentence} {rows(found['listed'], found['lacking'], language)}".strip()


def keys(made: dict[str, Any], language: str) -> list[str]:
    """A sentence on all columns that are keys by themselves, and one on each of the others."""
    alone = [
        found["columns"][0]
        for found in made["keys"]
        if found["breaking"] == 0 and len(found["columns"]) == 1
    ]
    if len(alone) < 2:
        return [key(found, language) for found in made["keys"]]
    each = said("keys.each", language, columns=names(alone, language))
    others = [
        found for found in made["keys"] if found["breaking"] != 0 or len(found["columns"]) > 1
    ]
    return [each, *(key(found, language) for found in others)]


def key(found: dict[str, Any], language: str) -> str:
    """Of which columns no two rows are alike, or which few are."""
    columns = names(found["columns"], language)
    if found["breaking"] == 0:
        form = "one" if len(found["columns"]) == 1 else "several"
        return said(f"keys.{form}", language, columns=columns)
    form = "empty" if found["breaking"] == found["empty"] else "nearly"
    count = counted(found["breaking"], language)
    sentence = said(f"keys.{form}", language, columns=columns, count=count)
    return f"{sentence} {rows(found['rows'], found['breaking'], language)}".strip()


def dependency(found: dict[str, Any], language: str) -> str:
    """Which column decides which, and on how many rows it does not."""
    form = (
        "same"
        if found["same"]
        else "mutual"
        if found["mutual"]
        else "exact"
        if found["breaking"] == 0
        else "nearly"
    )
    sentence = said(
        f"dependencies.{form}",
        language,
        of=name(found["of"]),
        on=name(found["on"]),
        rows=number(found["rows"], language),
        groups=number(found["groups"], language),
        count=counted(found["breaking"], language),
    )
    return f"{sentence} {rows(found['listed'], found['breaking'], language)}".strip()


def alike_rows(found: dict[str, Any], language: str) -> str:
    """How many rows are equal in all but which columns, and which are."""
    columns, count = names(found["columns"], language), counted(found["count"], language)
    sentence = said("alike_rows.said", language, columns=columns, count=count)
    if not found["listed"]:
        return sentence
    groups = "; ".join(listed([str(row) for row in group], language) for group in found["listed"])
    if found["groups"] > len(found["listed"]):
        groups = said("more_rows", language, rows=groups)
    return f"{sentence} {said('alike_rows.groups', language, groups=groups)}"


def empty_together(found: dict[str, Any], language: str) -> str:
    """Which columns are empty on the same rows."""
    form = "nearly" if found["some"] else "same"
    return said(
        f"empty_together.{form}",
        language,
        columns=names(found["columns"], language),
        count=counted(found["all"], language),
        some=counted(found["some"], language),
    )


def strength(value: float, language: str) -> str:
    """Two decimals by locale."""
    return number(value, language, 2)


def strongest(made: dict[str, Any]) -> list[dict[str, Any]]:
    """The clear associations, the strongest first: of few rows only strong ones, as hundreds of
    pairs are compared."""
    clear = [
        found
        for found in made["associations"]
        if abs(found["value"]) >= max(CLEAR, ERRORS / sqrt(found["rows"]))
    ]
    return sorted(clear, key=lambda found: (-abs(found["value"]), found["columns"]))


def worth_telling(made: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of them that no dependency tells already."""
    known = {frozenset((found["of"], found["on"])) for found in made["dependencies"]}
    told = [found for found in strongest(made) if frozenset(found["columns"]) not in known]
    return told[:SENTENCES]


def association(found: dict[str, Any], kinds: dict[str, str], language: str) -> str:
    """How two columns go together."""
    a, b = sorted(found["columns"], key=lambda name: kinds[name] != "category")
    told = {
        "value": strength(found["value"], language),
        "rows": number(found["rows"], language),
    }
    if found["measure"] == "spearman":
        a, b = found["columns"]
        way = "more" if found["value"] > 0 else "less"
        told |= {
            "more": said(f"associations.more.{kinds[a]}", language),
            "other": said(f"associations.{way}.{kinds[b]}", language),
        }
        form = "ordered"
    else:
        form = "differs" if found["measure"] == "eta" else "together"
    return said(f"associations.{form}", language, a=name(a), b=name(b), **told)


def seen(pairs: list[dict[str, Any]], compared: int, language: str) -> str:
    """What the picture of associations shows: its text alternative."""
    named = [
        said(
            "associations.pair",
            language,
            a=name(found["columns"][0]),
            b=name(found["columns"][1]),
            value=strength(found["value"], language),
        )
        for found in pairs[:3]
    ]
    return said("associations.seen", language, compared=compared, pairs=listed(named, language))
