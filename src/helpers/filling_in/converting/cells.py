"""How one cell becomes a cell of a specification's column: SQL of what is written and of what could
not be decided, by the field's type and role.

A form is changed, a meaning never: what is not certain is no value. Boolean words are those seen in
published files (true and false, ja and nej, Y and N, 1 and 0; K is "not known").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from helpers.declared import organisations
from helpers.declared.fields import Field
from helpers.reading import databases, missing
from helpers.reading.snapshot import Column
from helpers.words.folding import fold

BLANKS = "' ' || chr(160) || chr(8239) || chr(8201) || chr(9) || chr(10) || chr(13)"
YES = ("true", "ja", "yes", "y", "j", "sant", "1", "1.0", "1,0")
NO = ("false", "nej", "no", "n", "falskt", "0", "0.0", "0,0")
NOT_KNOWN = ("okänd", "okänt", "vet ej", "unknown")
K = "k"  # among answers of yes and no: not known
ANSWERS = (("true", "false"), ("ja", "nej"))
# A comma before other than three digits, or after a nought alone, stands before decimals.
POINTED = r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+)"
TWOFOLD = r"[+-]?\d{1,3}(?:[.,]\d{3})+"
PLAIN, WHOLE = r"[+-]?\d+(?:\.\d+)?", r"[+-]?\d+"
MOVABLE = r"[+-]?\d{1,17}(?:\.\d{1,9})?"  # to another unit, exactly
DAY = r"\d{4}-\d{2}-\d{2}"
ORGANISATION = r"\d{6}-?\d{4}"
DOUBTFUL = ("ambiguous_thousands", "ambiguous_points")
DECIMALS = 7  # of a position in degrees: about a centimetre
SAID = "the_said_cell"


@dataclass(frozen=True)
class Cell:
    """SQL over ``source``: ``given``, the cell as it stands, null where it is empty; ``said``, the
    same, null where it says that there is no value. SQL over these (the column ``SAID``) and
    ``source``: ``written``, the cell of the target, null where there is none; ``shortened``, true
    where a part of it (the time of day) is left out."""

    kind: str  # text | boolean | choice | number | unit | date | month | code | position
    given: str
    said: str
    written: str
    shortened: str = "false"


def answers(field: Field) -> tuple[str, str] | None:
    """How the field writes true and false; None where it is no question of yes or no."""
    if not field.choices:
        return ("ja", "nej") if field.type == "boolean" else None
    return next((pair for pair in ANSWERS if set(pair) <= set(field.choices)), None)


def _is_one(text: str, words: Collection[str]) -> str:
    """SQL: whether it is one of the words. Not ``in (...)``: DuckDB makes a join of five or more,
    for each column."""
    return f"list_contains([{', '.join(map(databases.quoted, words))}], {text})"


def trimmed(text: str) -> str:
    """SQL: the text without blanks around it, null where nothing is left."""
    return f"nullif(trim({text}, {BLANKS}), '')"


def _given(column: Column) -> str:
    return f"nullif({column.text}, '')"


def _said(column: Column, field: Field | None = None, also: tuple[str, ...] = ()) -> str:
    """What the cell says; null for a word that says that it is not known, unless the ``field`` has
    such a value."""
    words = set() if field and {"okand", *NOT_KNOWN} & {*field.choices} else {*NOT_KNOWN, *also}
    said = missing.present(f"({trimmed(column.text)})")
    unknown = _is_one("lower(s)", sorted(words)) if words else "false"
    return f"(select case when not ({unknown}) then s end from (select {said} as s))"


def as_text(column: Column) -> Cell:
    """The cell as it stands, without blanks around it."""
    return Cell("text", _given(column), trimmed(column.text), SAID)


def _answer(column: Column, field: Field, pair: tuple[str, str]) -> Cell:
    said, word = _said(column, field, (K,)), f"lower({SAID})"
    written = (
        f"case when {_is_one(word, YES)} then {databases.quoted(pair[0])}"
        f" when {_is_one(word, NO)} then {databases.quoted(pair[1])}{_choices(field, {})} end"
    )
    return Cell("boolean", _given(column), said, written)


def _choices(field: Field, meant: Mapping[str, str]) -> str:
    """The branches of a case: each value of the list, for what is folded as it is, and for the
    words that are ``meant`` as it."""
    folded = f"regexp_replace(lower(strip_accents({SAID})), '[^a-z0-9]', '', 'g')"
    words: dict[str, list[str]] = {}
    for choice in field.choices:
        words.setdefault(fold(choice), []).append(choice)
    words |= {fold(word): [choice] for word, choice in meant.items()}
    alone = {word: several[0] for word, several in words.items() if word and len(several) == 1}
    exact = f" when {_is_one(SAID, field.choices)} then {SAID}" if field.choices else ""
    return exact + "".join(
        f" when {folded} = {databases.quoted(word)} then {databases.quoted(choice)}"
        for word, choice in alone.items()
    )


def number(column: Column, *, whole: bool, doubtful: bool = False) -> Cell:
    """A number with a decimal point and nothing beside it. Its digits stand as they do in the
    source where they can; what a spreadsheet has written with an exponent has lost some.
    ``doubtful``: in this column 1,234 may be thousands as well as decimals."""
    value, form = column.value, WHOLE if whole else PLAIN
    plain = f"regexp_full_match({SAID}, '{form}')"
    if column.type not in ("integer", "decimal"):
        comma = f"regexp_full_match({SAID}, '{POINTED}')"
        pointed = "null" if whole else f"replace({SAID}, ',', '.')"
        written = f"case when {plain} then {SAID} when {comma} then {pointed} end"
        return Cell("number", _given(column), _said(column), written)
    pointed = f"replace(replace(replace({SAID}, ' ', ''), chr(160), ''), ',', '.')"
    same = f"regexp_full_match({pointed}, '{form}') and try_cast({pointed} as double) = {value}"
    exponent = f"regexp_matches({SAID}, '[eE][+-]?[0-9]+$')"
    other = (
        f"case when {value} = floor({value}) and abs({value}) < 1e15"
        f" then {value}::bigint::varchar end"
        if whole
        else f"case when not contains({value}::varchar, 'e')"
        f" then regexp_replace({value}::varchar, '[.]0$', '') end"
    )
    unsure = f"{value} is null or {exponent}"
    unsure += f" or regexp_full_match({SAID}, '{TWOFOLD}')" if doubtful else ""
    written = (
        f"case when {unsure} then null"
        f" when {plain} and try_cast({SAID} as double) = {value} then {SAID}"
        f" when {same} then {pointed} else {other} end"
    )
    return Cell("number", _given(column), _said(column), written)


def scaled(column: Column, exponent: int, *, doubtful: bool = False) -> Cell:
    """A number in a unit that is a power of ten of the source's, its digits as they are; more of
    them than can be moved exactly are no number."""
    plain = number(column, whole=False, doubtful=doubtful)
    times = f"{10**exponent}" if exponent > 0 else f"0.{'0' * (-exponent - 1)}1"
    moved = f"(try_cast(n as decimal(26,9)) * {times})::varchar"
    written = (
        f"(select case when regexp_full_match(n, '{MOVABLE}')"
        f" then rtrim(rtrim({moved}, '0'), '.') end from (select {plain.written} as n))"
    )
    return Cell("unit", plain.given, plain.said, written)


def _date(column: Column, *, months: bool = False) -> Cell:
    """A day as 2024-01-31. ``months``: the source says months, of which no day is known."""
    given, said, value = _given(column), _said(column), column.value
    if months:
        return Cell("date", given, said, "null::varchar")
    if column.type in ("date", "datetime"):
        clock = f"coalesce({value}::time <> time '00:00', false)"
        shortened = clock if column.type == "datetime" else "false"
        return Cell("date", given, said, f"strftime({value}, '%Y-%m-%d')", shortened)
    whole = f"regexp_full_match({SAID}, '{DAY}') and try_cast({SAID} as date) is not null"
    return Cell("date", given, said, f"case when {whole} then {SAID} end")


def month(year: Column, number: Column) -> Cell:
    """A month as 2024-03 of a column of years and one of months, in figures or with the year."""
    given, said = (
        f"nullif(concat_ws(' ', {each(year)}, {each(number)}), '')" for each in (_given, _said)
    )
    whole = rf"regexp_extract({SAID}, '^[0-9]{{4}} ((?:19|20)[0-9]{{2}}-(?:0[1-9]|1[0-2]))$', 1)"
    digits = rf"regexp_extract({SAID}, '^((?:19|20)\d{{2}}) 0?([1-9]|1[0-2])$'"
    written = f"case when {digits}, 1) <> '' then {digits}, 1) || '-' || lpad({digits}, 2), 2, '0')"
    written += f" when left({SAID}, 4) = left({whole}, 4) then {whole} end"
    return Cell("month", given, said, written)


def codes() -> list[str]:
    """The municipality codes that there are."""
    known = organisations.organisations().values()
    return sorted({one.kommunkod for one in known if one.kommunkod})


def _code(column: Column) -> Cell:
    """A municipality's code, with the nought that a spreadsheet took from it where a code is so
    made: 183 can only be 0183. An organisation number stands as it does."""
    digits = rf"regexp_extract({SAID}, '^(\d{{3,4}})(?:[.,]0+)?$', 1)"
    code = f"lpad({digits}, 4, '0')"
    written = (
        f"case when {digits} <> '' and {_is_one(code, codes())} then {code}"
        rf" when regexp_full_match({SAID}, '{ORGANISATION}') then {SAID} end"
    )
    return Cell("code", _given(column), _said(column), written)


def cell(
    column: Column, field: Field, told: Collection[str] = (), meant: Mapping[str, str] | None = None
) -> Cell:
    """What a cell of ``column`` becomes in the column of ``field``. ``told``: codes of the repairs
    that reading tells of the column; ``meant``: words that the layout has for values of a list."""
    pair = answers(field)
    if pair:
        return _answer(column, field, pair)
    if field.choices:
        written = f"case{_choices(field, meant or {})} end"
        return Cell("choice", _given(column), _said(column, field), written)
    if field.type in ("integer", "decimal"):
        doubtful = not {*told}.isdisjoint(DOUBTFUL)
        return number(column, whole=field.type == "integer", doubtful=doubtful)
    if field.type == "date":
        return _date(column, months="dates_month" in told)
    if field.role == "municipality_code":
        return _code(column)
    return as_text(column)


def position(axis: str, columns: list[Column]) -> Cell:
    """``lat`` or ``lon`` of the row's position in WGS 84, whatever system and form it stands in;
    ``columns`` those that say it, none for a map, whose positions stand beside the cells."""
    degrees = f"nullif({axis}, 'nan'::double)"
    written = f"rtrim(rtrim(format('{{:.{DECIMALS}f}}', round({degrees}, {DECIMALS})), '0'), '.')"
    written = f"case when {degrees} is not null then {written} end"
    if not columns:
        return Cell("position", written, written, written)
    given, said = (
        f"nullif(concat_ws(' ', {', '.join(map(each, columns))}), '')" for each in (_given, _said)
    )
    return Cell("position", given, said, written)
