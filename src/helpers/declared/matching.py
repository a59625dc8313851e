"""Which column is which field: by name, title or synonym, never by a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from functools import lru_cache

from helpers.declared import forms
from helpers.declared.fields import Field, Specification
from helpers.declared.variants import Spread
from helpers.words.folding import fold

LONGEST_NAME = 500


def own_names(specification: Specification) -> dict[str, set[str]]:
    """By field: its names, folded, that no other field has."""
    names = {
        spec_field.name: {fold(name) for name in _names(spec_field)}
        for spec_field in specification.fields
    }
    meant = Counter(name for several in names.values() for name in several)
    return {
        field_name: {name for name in several if meant[name] == 1 or name == fold(field_name)}
        for field_name, several in names.items()
    }


@lru_cache(1 << 14)
def short(name: str) -> str:
    """A name folded, without what stands in brackets, what an outer object is called, and with
    ``nr`` for ``nummer``. Of a longer name the first 500 characters: no field is called more.

    >>> short("Nedladdning (Mbit/s)"), short("position.lat"), short("Organisationsnummer")
    ('nedladdning', 'lat', 'organisationsnr')
    """
    plain = re.sub(r"[(\[][^)\]]*[)\]]", "", name[:LONGEST_NAME])
    inner = plain.rsplit(".", 1)[-1] if re.fullmatch(r"\w+(?:\.\w+)+", plain.strip()) else plain
    return fold(inner).replace("nummer", "nr")


def _by_form(columns: list[str]) -> dict[Callable[[str], str], dict[str, list[str]]]:
    """For ``fold`` and for ``short``: what names become by it -> the columns of such names."""
    formed: dict[Callable[[str], str], dict[str, list[str]]] = {fold: {}, short: {}}
    for column in columns:
        for form, by_name in formed.items():
            by_name.setdefault(form(column), []).append(column)
    return formed


def _free(by_name: dict[str, list[str]], names: list[str], taken: Collection[str]) -> list[str]:
    """The columns that stand alone under one of these names, and are not taken."""
    alike = [by_name.get(name, []) for name in names]
    return [columns[0] for columns in alike if len(columns) == 1 and columns[0] not in taken]


def _names(spec_field: Field) -> list[str]:
    """All that a column of the field may be called."""
    return [spec_field.name, *spec_field.synonyms, *spec_field.title.values()]


def _called_after(column: str, specification: Specification) -> bool:
    """True for the id that is called after what has it: ``Utegym-ID``, ``lekplats_id``."""
    stem = fold(column).removesuffix("nr").removesuffix("nummer").removesuffix("id")
    if stem == fold(column) or len(stem) < 4 or not fold(column)[len(stem) :].startswith("id"):
        return False
    things = {word for variant in specification.variants for word in variant.words}
    things |= {fold(title) for title in specification.title.values()}
    return any(thing.startswith(stem) or stem.startswith(thing) for thing in things)


def match(columns: list[str], specification: Specification) -> dict[str, str]:
    """Field name -> column name, by name, title or synonym folded alike, then in ``short`` form;
    nothing rather than a guess.

    A layout that the table follows says what its columns are. Else the field's own name wins over
    synonyms; a column that several fields may be goes to one that has no other. Two columns that
    fold alike match nothing by that name.
    """
    said = _said(columns, specification)
    matched = {name: column for column, name in reversed(said.items()) if name is not None}
    shapes = _kinds_of_shapes(columns, specification)
    formed = _by_form([name for name in columns if name not in said and name not in shapes])

    def candidates(spec_field: Field, names: list[str], form: Callable[[str], str]) -> list[str]:
        if spec_field.name in matched:
            return []
        return _free(formed[form], [form(name) for name in names], matched.values())

    def take(spec_field: Field, possible: list[str]) -> None:
        if possible:
            matched[spec_field.name] = possible[0]

    matched = _beside(specification, formed[fold], matched) | matched
    for spec_field in specification.fields:
        take(spec_field, candidates(spec_field, [spec_field.header], fold))
    names = [(spec_field, _names(spec_field)) for spec_field in specification.fields]
    for form in formed:
        claims = Counter(
            column
            for spec_field, known in names
            for column in set(candidates(spec_field, known, form))
        )
        for spec_field, known in names:
            possible = candidates(spec_field, known, form)
            take(spec_field, [column for column in possible if claims[column] == 1])
        for spec_field, known in names:
            take(spec_field, candidates(spec_field, known, form))
    own = _called_after_the_type([name for name in columns if name not in said], specification)
    for spec_field in specification.fields:
        if spec_field.role == "key" and own not in matched.values():
            take(spec_field, [own] if own and spec_field.name not in matched else [])
    return {
        spec_field.name: matched[spec_field.name]
        for spec_field in specification.fields
        if spec_field.name in matched
    }


def _called_after_the_type(columns: list[str], specification: Specification) -> str | None:
    """The one column that is called after the dataset type itself, as a key often is."""
    own = [column for column in columns if _called_after(column, specification)]
    return own[0] if len(own) == 1 else None


def _beside(
    specification: Specification, columns: dict[str, list[str]], matched: dict[str, str]
) -> dict[str, str]:
    """Field -> column for what a column is called only beside another, as ``Month`` beside
    ``Year``. ``columns``: by folded name; ``matched``: what is known before."""
    found: dict[str, str] = {}
    for spec_field in specification.fields:
        for other, names in spec_field.beside.items():
            called = list(map(fold, _names(specification.field(other))))
            there = other in matched or bool(_free(columns, called, matched.values()))
            taken = {*matched.values(), *found.values()}
            free = _free(columns, list(map(fold, names)), taken)
            if there and free and spec_field.name not in matched:
                found.setdefault(spec_field.name, free[0])
    return found


def _kinds_of_shapes(columns: list[str], specification: Specification) -> set[str]:
    """What kind of shape a geometry is, ``geometry.type`` beside ``geometry.coordinates``: that it
    is a point says nothing of what lies there. Not where the specification asks for just that."""
    outer = {column.rpartition(".")[0] for column in columns if column.endswith(".coordinates")}
    kinds = {f"{name}.type" for name in outer if name} & set(columns)
    asked = {fold(spec_field.header) for spec_field in specification.fields}
    return {name for name in kinds if fold(name) not in asked}


def _said(columns: list[str], specification: Specification) -> dict[str, str | None]:
    """Column -> field, or None, as an older or regional layout has it; nothing where the table
    follows none."""
    followed = layout(columns, specification)
    return followed.columns if followed and followed.form.kind != "national" else {}


def layout(columns: list[str], specification: Specification) -> forms.Followed | None:
    """The layout that the table follows; None where it is of its own."""
    return forms.followed(columns, specification.forms)


def spread(columns: list[str], specification: Specification) -> Spread | None:
    """The columns that are rows in the specification, called what the table calls them; None where
    the layout that it follows has none."""
    followed = layout(columns, specification)
    if followed is None or followed.form.spread is None or not followed.spread:
        return None
    return followed.form.spread.model_copy(update={"columns": followed.spread})


def held(
    columns: list[str], specification: Specification, fields: Collection[str]
) -> frozenset[str]:
    """The fields that a table has: ``fields``, those of its columns, and those that its columns are
    rows of in the specification."""
    wide = spread(columns, specification)
    return frozenset((*fields, *((wide.by, wide.value) if wide else ())))


def unknown(columns: list[str], specification: Specification) -> list[str]:
    """The columns with a name that are no field, and that no layout of the specification has."""
    known = {*match(columns, specification).values(), *_said(columns, specification)}
    return [column for column in columns if fold(column) and column not in known]


_NAMELESS = re.compile(r"(c|col|column|f|field|attr|attribute|var|v|x|kolumn|falt|unnamed)?\d+")


def nameless(columns: Collection[str]) -> bool:
    """True where no header says what its column holds: ``C0``, ``Column 1``, ``Fält_2``, ``3``.

    >>> nameless(["C0", "C1"]), nameless(["C0", "namn"])
    (True, False)
    """
    return bool(columns) and all(_NAMELESS.fullmatch(fold(name)) for name in columns)
