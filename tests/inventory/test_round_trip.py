"""Out to a spreadsheet and back: nothing is lost, nothing is added, nothing written by hand is
replaced unsaid."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.declared import catalogue, specifications
from helpers.declared.catalogue import Entry
from helpers.declared.organisations import UNKNOWN, declared
from helpers.filling_in import inventory
from helpers.filling_in.inventory.columns import (
    ASKED,
    COLUMNS,
    FREQUENCIES,
    JUDGED,
    PUBLISHED,
    STAGES,
    THEMES,
    choices,
)
from helpers.filling_in.inventory.merging import current
from helpers.words import escaping, paths
from helpers.words.files.yaml_text import amended
from helpers.words.messages import LANGUAGES

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n"),
    min_size=1,
    max_size=40,
)
said = words.map(str.strip).filter(
    lambda text: bool(text) and escaping.shown(text) == text and "_x" not in text
)
odd = st.sampled_from(
    [
        "=SUMMA(A1)",
        "+46",
        "-",
        "0180",
        "1e5",
        "true",
        "null",
        "2026-11-24",
        "ja",
        "nej",
        "vet inte",
        "~",
        "[a]",
        "# inte",
        "a: b",
        '"',
        "'",
        "Håbo\nTierp",
        "@x",
        "1,5",
        "☐",
        "😀",
        "\u00a0å\u00a0ä",
        "{x}",
        "- a",
        "? b",
        "12.",
    ]
)
texts = (said | odd).map(str.strip).filter(bool)
answers = st.sampled_from(["yes", "no", "unknown"])
legal = st.sampled_from(
    [
        {},
        {"answer": "no", "by": "kommunjuristen", "when": "2026-11-24"},
        {"answer": "yes", "by": "=1", "when": "i fjol"},
    ]
)
levels = st.sampled_from(["unknown", 0, 1, 2, 3, 4, 5])
organisations = st.sampled_from([*sorted(declared()), UNKNOWN])


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    organisation = draw(organisations)
    judged = {name: {"level": draw(levels), "because": draw(optional(texts))} for name in JUDGED}
    effort = judged.pop("work")
    file = draw(optional(texts.filter(lambda one: "\n" not in one)))
    return Entry(
        id=draw(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)),
        title=draw(texts),
        organisation=organisation,
        type=draw(st.sampled_from([*specifications.types(), "annan"])),
        stage=draw(st.sampled_from(STAGES)),
        source={"path": file} if file else None,
        owner={"role": draw(optional(texts)), "mailbox": draw(optional(texts))},
        source_system={
            "name": draw(optional(texts)),
            "supplier": draw(optional(texts)),
            "export": draw(st.sampled_from(["yes", "no", "unknown"])),
            "supplier_owns_data": draw(st.sampled_from(["yes", "no", "unknown"])),
        },
        published={
            "status": draw(st.sampled_from(PUBLISHED)),
            "url": draw(optional(st.just("https://exempel.example/å?b=1"))),
        },
        licence=draw(optional(st.sampled_from(["CC0-1.0", "CC-BY-4.0", "egna villkor"]))),
        description=draw(optional(texts)),
        update_frequency=draw(optional(st.sampled_from([*FREQUENCIES, "då och då"]))),
        theme=draw(optional(st.sampled_from(THEMES))),
        keywords=draw(st.lists(st.sampled_from(["bad", "hav och sjö", "å", "07"]), max_size=3)),
        contact=draw(optional(texts)),
        value=judged
        | {
            "requests_last_year": draw(optional(st.integers(0, 999_999_999))),
            "assessed_by": draw(optional(texts)),
            "date": draw(optional(st.dates().map(str))),
        },
        effort=effort,
        inventory={
            "personal_data": draw(st.sampled_from(["yes", "no", "unknown"])),
            "asked_for_by": draw(optional(texts)),
            "publisher_exists": draw(answers),
        },
        legal=dict.fromkeys(ASKED, draw(legal)),
    )


def fields(entry: Entry) -> dict[str, Any]:
    """What the sheet holds of an entry; an unknown answer and none are the same."""
    found = {one.field: current(entry, one.field) for one in COLUMNS}
    return {name: value for name, value in found.items() if value not in (None, "unknown", [])}


@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
@given(
    st.lists(entries(), min_size=1, max_size=4, unique_by=lambda one: one.id),
    st.sampled_from(LANGUAGES),
)
@pytest.mark.slow
def test_any_catalogue_comes_back_whole(some: list[Entry], language: str):
    comes_back_whole(some, language)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(
    st.lists(entries(), min_size=1, max_size=4, unique_by=lambda one: one.id),
    st.sampled_from(LANGUAGES),
)
def test_hundreds_of_catalogues_come_back_whole(some: list[Entry], language: str):
    comes_back_whole(some, language)


def comes_back_whole(some: list[Entry], language: str):
    with tempfile.TemporaryDirectory() as work:
        folder, book = Path(work) / "catalogue", Path(work) / "i.xlsx"
        inventory.write(some, book, language)
        found = inventory.read(book, language)
        assert not found.ignored
        unchanged = inventory.plan(found.rows, some)
        assert all(not step.new and not step.changes for step in unchanged.steps), unchanged
        inventory.apply(inventory.plan(found.rows, []), folder)
        back = {one.id: one for one in catalogue.load(folder)}
        assert {name: fields(one) for name, one in back.items()} == {
            one.id: fields(one) for one in some
        }
        again = Path(work) / "again.xlsx"
        inventory.write([back[one.id] for one in some], again, language)
        assert cells(again) == cells(book)


def cells(book: Path) -> list[list[Any]]:
    """All that stands on the sheets, the hidden one too."""
    sheets = openpyxl.load_workbook(book).worksheets
    return [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in sheets]


@given(
    entries(),
    st.sampled_from(
        [
            ("licence",),
            ("owner", "role"),
            ("value", "demand", "level"),
            ("keywords",),
            ("source", "path"),
            ("inventory", "asked_for_by"),
            ("effort", "because"),
        ]
    ),
    texts,
    st.booleans(),
)
def changes_nothing_else(entry: Entry, path: tuple[str, ...], value: str, flow: bool):
    plain = entry.model_dump(mode="json", exclude_defaults=True) | {"title": entry.title.raw}
    source = "# överst\n" + yaml.safe_dump(
        plain, allow_unicode=True, sort_keys=False, default_flow_style=None if flow else False
    )
    source = "".join(
        f"{line}  # rad {i}\n" if line.endswith(":") else f"{line}\n"
        for i, line in enumerate(source.splitlines())
    )
    if yaml.safe_load(source) != plain:
        return  # the comment fell inside a text of several lines
    said = [value, "x"] if path == ("keywords",) else value
    after = amended(source, path, said)
    at = plain
    for name in path[:-1]:
        at[name] = dict(at[name]) if isinstance(at.get(name), dict) else {}
        at = at[name]
    at[path[-1]] = said
    assert yaml.safe_load(after) == plain
    assert {line for line in source.splitlines() if line.startswith("#")} <= set(after.splitlines())


@pytest.mark.parametrize("examples", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_a_changed_value_changes_nothing_else_in_the_text(examples: int):
    settings(max_examples=examples, deadline=None, suppress_health_check=SLOW)(
        changes_nothing_else
    )()


@pytest.mark.parametrize(
    "source, path, value, after",
    [
        (
            "# a\nlicence: null  # fyll i\nid: x\n",
            "licence",
            "CC0-1.0",
            "# a\nlicence: CC0-1.0  # fyll i\nid: x\n",
        ),
        (
            "id: x\nowner: {role: null, mailbox: null}\n",
            "owner.role",
            "Chef, ny",
            'id: x\nowner: {role: "Chef, ny", mailbox: null}\n',
        ),
        (
            "id: x\nvalue:\n  demand:\n    level: 2 # två\n",
            "value.demand.level",
            4,
            "id: x\nvalue:\n  demand:\n    level: 4 # två\n",
        ),
        (
            "id: x\nvalue:\n  demand:\n    level: 2\n# sist\n",
            "value.internal.level",
            4,
            "id: x\nvalue:\n  demand:\n    level: 2\n  internal:\n    level: 4\n# sist\n",
        ),
        (
            "id: x\nkeywords:\n- a\n- b\n# sist\nstage: idea\n",
            "keywords",
            ["c"],
            "id: x\nkeywords:\n  [c]\n# sist\nstage: idea\n",
        ),
        ("id: x\nlicence:\nstage: idea\n", "licence", "CC0", "id: x\nlicence: CC0\nstage: idea\n"),
        ("id: x\nowner: null\n", "owner.role", "Chef", "id: x\nowner: {role: Chef}\n"),
        ("", "licence", "CC0", "licence: CC0\n"),
    ],
)
def test_comments_and_order_stay(source: str, path: str, value: Any, after: str):
    assert amended(source, tuple(path.split(".")), value) == after


def test_the_sample_region_comes_back_and_every_level_has_its_anchor(tmp_path: Path):
    some = catalogue.load(paths.catalogue())
    inventory.write(some, tmp_path / "i.xlsx")
    plan = inventory.plan(inventory.read(tmp_path / "i.xlsx").rows, some)
    assert len(plan.steps) == 22 and not any(step.changes or step.new for step in plan.steps)
    for name in JUDGED:
        assert [label.split(".")[0] for label in choices(name, "sv")] == [
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "vet inte",
        ]


def validations(file: Path) -> dict[str, tuple[str, bool]]:
    """Column letter -> what its drop-down offers, and whether it has a message."""
    sheet = openpyxl.load_workbook(file).worksheets[1]
    found = {}
    for rule in sheet.data_validations.dataValidation:
        for place in rule.sqref.ranges:
            letter = openpyxl.utils.get_column_letter(place.min_col)
            kept = found.get(letter, ("", False))
            found[letter] = (
                rule.formula1 or kept[0] if rule.type == "list" else kept[0],
                bool(rule.prompt) or kept[1],
            )
    return found


def offered(file: Path) -> dict[str, list[str]]:
    """Heading -> what its drop-down really holds."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[1]
    found = {}
    for letter, (source, _) in validations(file).items():
        if source:
            name, cells = (
                source.lstrip("=").replace("$", "").rsplit("!" if "!" in source else ".", 1)
            )
            found[sheet[f"{letter}1"].value] = [
                row[0].value for row in book[name.strip("'")][cells]
            ]
    return found


@pytest.mark.slow
def test_libreoffice_keeps_the_drop_downs_and_the_answers(
    tmp_path: Path, office: Callable[..., list[Path]]
):
    """As a colleague without Excel does: opened, saved as ods, opened again, saved as xlsx."""
    some = catalogue.load(paths.catalogue())
    inventory.write(some, tmp_path / "inventering.xlsx")
    (ods,) = office([tmp_path / "inventering.xlsx"], "ods")
    (back,) = office([ods], "xlsx")
    before, after = offered(tmp_path / "inventering.xlsx"), offered(back)
    assert before == after and len(before) == sum(1 for one in COLUMNS if choices(one.name, "sv"))
    assert before["Nytta för invånarna"][5].startswith("5. De flesta invånare")
    assert "vet inte" in before["Går det att exportera?"]
    for file in (ods, back):
        assert not any(
            step.new or step.changes
            for step in inventory.plan(inventory.read(file).rows, some).steps
        ), file.suffix
    usual = openpyxl.load_workbook(back, data_only=True).worksheets[1]["G2"].value
    assert usual == "ekonomichefen", "the formula is worked out"


@example("karlskrona", "Badplatser i Karlskrona")
@given(organisations, texts)
def test_an_id_is_made_and_fits(organisation: str, title: str):
    from helpers.filling_in.inventory.reading import ID, derived_id

    id = derived_id(title, organisation)
    assert ID.fullmatch(id) and len(id) <= 60 and id.startswith(organisation[:60])
