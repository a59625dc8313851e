"""Patterns and functions of DuckDB's, written for Java and PostgreSQL so that they mean the same;
what cannot be is refused, never guessed."""

from __future__ import annotations

import re

import pytest

from helpers.checking.engines import patterns
from helpers.checking.engines.untranslated import Untranslated
from helpers.reading import databases

from .places import OnPostgreSQL, OnSpark, library

TEXTS = (
    *(
        "",
        "a",
        "A",
        "å",
        "Å",
        "abc",
        "ABC",
        "a b",
        "a\nb",
        "a\n",
        "12",
        "12-3",
        "x.y",
        "Övrigt",
        "övrigt",
    ),
    *(
        "Riskklass 3",
        "riskklass 3",
        "3",
        "13",
        "a&b",
        "[x]",
        "a-b",
        "a_b",
        "å1",
        "ab",
        "är",
        "xab",
        "٣",
        "\t",
    ),
)
PATTERNS = (
    *(
        r"\d",
        r"\d+$",
        r"^a.b$",
        r"a$",
        r"^(Riskklass )?[1-8]$|(?i)^(other|övrigt)$",
        r"(?i)å",
        r"(?i)[å-ö]",
    ),
    *(
        r"[a&]b",
        r"[\[x]",
        r"\bab\b",
        r"\w",
        r"[^\d]",
        r"\S",
        r"(?s)a.b",
        r"(?i)[^a]$",
        r"[a-c]{2,3}",
        r"\.",
    ),
)


@pytest.mark.parametrize("flavour", ["java", "are"])
def test_a_pattern_is_written_out(flavour: str):
    ends = {"java": r"\z", "are": "$"}[flavour]
    assert patterns.written(r"\d{6}-?\d{4}", flavour, whole=True) == (
        rf"^(?:[0-9]{{6}}-?[0-9]{{4}}){ends}"
    )
    assert patterns.written(r"(?i)ö.$", flavour) == rf"[öÖ][^\n]{ends}"
    assert patterns.written(r"[\s;]", flavour) == r"[ \t\n\f\r;]"


@pytest.mark.parametrize(
    "pattern", [r"\p{L}", r"(?P<a>x)", r"[[:alpha:]]", r"(?m)x", r"(?:(?i)x)y"]
)
def test_what_cannot_be_written_is_refused(pattern: str):
    with pytest.raises(Untranslated):
        patterns.written(pattern, "are")


def test_alternatives_are_those_outside_brackets():
    assert list(patterns.alternatives("a|(b|c)|[|]|d")) == ["a", "(b|c)", "[|]", "d"]


def test_what_takes_a_place_is_written_as_java_has_it():
    assert patterns.replacement(r"\1 $ \2", "java") == r"$1 \$ $2"


def test_functions_have_their_own_names_there_and_unknown_ones_are_refused():
    library("sqlglot")
    from helpers.checking.engines import postgresql, spark

    assert spark.sql("strlen(c0)") == "octet_length(c0)"
    assert spark.sql("suffix(c0, 'a')") == "endswith(c0, 'a')"
    assert "translate" in postgresql.sql("strip_accents(c0)")
    assert spark.sql("left(c0, -6)") == "left(c0, greatest(length(c0) -6, 0))"
    assert postgresql.sql("c0 % 10") == "mod(c0, 10)"
    for engine in (spark, postgresql):
        with pytest.raises(Untranslated):
            engine.sql("list_cosine_similarity(c0, c1)")
        with pytest.raises(Untranslated):
            engine.sql("regexp_matches(c0, c1)")  # a pattern that is no literal
    with pytest.raises(Untranslated, match="lists"):
        postgresql.sql("list_transform(c0, lambda x: x + 1)")


def test_nothing_in_postgresql_s_queries_is_taken_for_a_place_to_fill():
    library("sqlglot")
    from helpers.checking.engines import postgresql

    said = postgresql.sql("regexp_matches(c0, '^(?:a{2}|50%)\\\\$') and c1 like '%x:y%'")
    assert not re.search(r"[:%{}]", said)
    assert postgresql.identifier('andel %:{"') == r'U&"andel \0025\003a\007b"""'


def _of_each(
    place: OnPostgreSQL | OnSpark, texts: tuple[str, ...], asked: list[str]
) -> dict[int, list[object]]:
    """By number of text, what the engine says to each question about it, as ``one``."""
    rows = " union all ".join(
        f"select {n} as n, {place.cell(place.dialect.quoted(text), 'string')} as one"
        for n, text in enumerate(texts)
    )
    listed = ", ".join(f"{sql} as said_{n}" for n, sql in enumerate(asked))
    return {n: said for n, *said in place.rows(f"select n, {listed} from ({rows}) as texts")}


def _expected(pattern: str) -> list[bool]:
    with databases.connect() as connection:
        return [
            connection.execute("select regexp_matches(?, ?)", [text, pattern]).fetchone()[0]  # type: ignore[index]
            for text in TEXTS
        ]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgresql", "spark"])
def test_patterns_find_the_same_there(engine: str, request: pytest.FixtureRequest):
    place: OnPostgreSQL | OnSpark = request.getfixturevalue(f"on_{engine}")
    asked = [
        place.dialect.sql(f"regexp_matches(one, {databases.quoted(pattern)})")
        for pattern in PATTERNS
    ]
    found = _of_each(place, TEXTS, asked)
    told = [
        (pattern, text)
        for at, pattern in enumerate(PATTERNS)
        for number, (text, right) in enumerate(zip(TEXTS, _expected(pattern), strict=True))
        if found[number][at] != right
    ]
    assert told == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgresql", "spark"])
def test_numbers_days_and_letters_are_read_the_same_there(
    engine: str, request: pytest.FixtureRequest
):
    place: OnPostgreSQL | OnSpark = request.getfixturevalue(f"on_{engine}")
    cells = (
        *(
            "1",
            " 2 ",
            "-2.5",
            "12.7",
            "1d",
            "1f",
            "",
            "x",
            ".5",
            "5.",
            "+7",
            "1e3",
            "--1",
            "1,5",
            "007",
        ),
        *("2026-02-28", "2026-02-31", "2026-2-1", "20260228", "20260231", "20261301", "2026-13-01"),
        *("Ålö", "ÉÈ", "\u00a0x\u2009", "x\u202f", "Ÿ", "ł"),
    )
    asked = (
        *(
            "try_cast(one as double)",
            "try_cast(one as date)",
            "lower(one)",
            "upper(one)",
            "strip_accents(one)",
        ),
        *(
            "trim(one)",
            "length(one)",
            "strlen(one)",
            "left(one, -2)",
            "right(one, 2)",
            "contains(one, '2')",
        ),
        *(
            "try_strptime(one, '%Y%m%d')::date",
            "one < 'a'",
            "suffix(one, '1')",
            "regexp_extract(one, '(\\d)(\\d)', 2)",
        ),
        "case when not contains(one, 'e') then try_cast(one as bigint) end",
    )
    found = _of_each(place, cells, [place.dialect.sql(sql) for sql in asked])
    told = []
    with databases.connect() as connection:
        for number, cell in enumerate(cells):
            said = connection.execute(
                f"select {', '.join(asked)} from (select ? as one)", [cell]
            ).fetchone()
            told += [
                (sql, cell, right, there)
                for sql, right, there in zip(asked, said or (), found[number], strict=True)
                if right != there
            ]
    assert told == []


def test_a_query_names_the_columns_that_it_asks_for_and_no_others():
    library("sqlglot")
    from helpers.checking.engines import postgresql, relations, spark
    from helpers.checking.view import Check
    from helpers.reading.snapshot import Column

    columns = [Column(number, f"k{number}", "text") for number in range(1_599)]
    cells = {one.text: f"({one.name})" for one in columns}
    bare = frozenset({"k9"})
    source = relations.Source("bred", cells, "row_of()", columns, values={"v3": "t1"}, bare=bare)
    for dialect in (postgresql, spark):
        sql = relations.checked(dialect, source, [Check("one", "c7 <> c9 or v3 is null")])
        assert [number for number in range(1_599) if f"(k{number})" in sql] == [1, 7, 9]
        assert "t9 as c9" in sql.replace("AS", "as") and "row_of()" in sql
        assert "row_of()" not in relations.of_base(dialect, source, "select count(c7) from base")


def test_a_key_of_many_cells_takes_no_more_arguments_than_an_engine_does():
    library("sqlglot")
    from helpers.checking.engines import postgresql, shared

    key = shared.key([f"c{number}" for number in range(1_599)], "text", postgresql.quoted)
    most, counts = 0, [0]
    for letter in key:
        if letter == "(":
            counts.append(0)
        elif letter == ")":
            most = max(most, counts.pop())
        elif letter == ",":
            counts[-1] += 1
    assert most < 100 and all(f"(c{number} as" in key for number in range(1_599))
