"""A stage's key is another wherever anything that it rests on is another: code, texts, reference
data, settings, the entry."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.advising.across import comparing
from helpers.declared.catalogue import Entry
from helpers.running import closure
from helpers.running.opening import Opened
from helpers.running.stages.every import STAGES
from helpers.running.store import Store
from helpers.words.files import ours

TODAY = dt.date(2026, 11, 24)
ROWS = "source;id;name;latitude;longitude;email\n1080;bad-1;Hästholmen;56.16;15.55;bad@karlskrona.example\n"
ENTRY: dict[str, Any] = {
    "id": "bad",
    "title": "Badplatser",
    "type": "platsinformation",
    "organisation": "karlskrona",
    "update_frequency": "ANNUAL",
}
# What no kept result rests on: it is made anew each time, or holds no code or text of ours.
NEVER_KEPT = (
    "helpers/__main__.py",
    "helpers/py.typed",
    *(f"helpers/{room}/" for room in ("drawing", "filling_in", "reporting", "running", "scoring")),
    *(
        f"helpers/advising/{name}.py"
        for name in (
            *("between", "by_type", "elsewhere", "handed_over", "high_value", "in_short"),
            *("answers/availability", "joint_demands", "leading", "naming", "nights"),
            *("over_runs", "procurement", "publishing_steps", "results", "step_hours", "unknowns"),
        )
    ),
    "helpers/advising/progress/",
    "helpers/checking/engines/",
    *(f"helpers/checking/{name}.py" for name in ("examples", "exporting", "outcome", "proposing")),
    *(
        f"helpers/declared/{name}.py"
        for name in (
            *("activities", "agencies", "mapping", "maturity", "publication", "roles", "subtypes"),
        )
    ),
    "helpers/metadata/",
    "helpers/screening/masking/",
    *(
        f"helpers/traffic/{name}.py"
        for name in (
            "geometry",
            "network",
            "timetable",
        )
    ),
    *(
        f"helpers/words/{name}.py"
        for name in ("display", "guarding", "policy", "printing", "shown_as", "templates")
    ),
    *(
        f"helpers/words/files/{name}.py"
        for name in (
            "checker",
            "locks",
            "names",
            "outputs",
            "protected",
            "replacing",
            "reports",
            "spreadsheets",
            "written",
        )
    ),
    "data/catalogue/",
    "data/samples/",
    "data/reference/",
    "data/borders/README.md",
    "data/land/README.md",
    "data/towns/",
    "quality_suites/README.md",
)


PARTS = ("src/helpers", "data", "quality_suites")


def _whole(folder: Path) -> dict[Path, tuple[int, int]]:
    """Each file below a folder, with its size and time."""
    found = [one for one in folder.rglob("*") if one.is_file()]
    return {one: ((said := one.stat()).st_size, said.st_mtime_ns) for one in found}


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project."""
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        shutil.copytree(
            root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "snapshots")
        )
    return folder


@pytest.fixture
def copy(
    project: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The copy of the project in which the keys are made; what a test changes there is put back."""
    before = _whole(project)
    monkeypatch.setenv("DATAKOLLEN_HOME", str(project))
    monkeypatch.setenv(
        "DATAKOLLEN_SNAPSHOTS", str(tmp_path_factory.getbasetemp() / "code")
    )  # parsed once for all
    monkeypatch.setattr(ours, "PACKAGE", project / "src" / "helpers")
    yield project
    after = _whole(project)
    for file in after.keys() - before.keys():
        file.unlink()
    for file in before:
        if after.get(file) != before[file]:
            shutil.copy2(root / file.relative_to(project), file)
    _look_again()


def _look_again() -> None:
    ours.look_again()
    for one in (closure._file, closure._said, closure.closure, closure.key):
        one.cache_clear()


def keys(folder: Path, **declared: Any) -> dict[str, str]:
    """The keys of all stages of one small file, as a new process would make them. Nothing is
    computed."""
    _look_again()
    file = folder / "bad.csv"
    if not file.is_file():
        file.write_text(ROWS, "utf-8")
    opened = Opened(
        file, entry=Entry(**ENTRY | declared), store=Store(folder / "store"), today=TODAY
    )
    across = {"across": closure.key(comparing.__name__, ours.generation())}
    return {name: opened.key(stage) for name, stage in STAGES.items()} | across


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def touch(file: Path) -> bytes:
    """Another content, of a kind that the file can have; returns what stood there."""
    was = file.read_bytes()
    file.write_bytes(was + (b"\n" if file.suffix == ".csv" else b"\n# another\n"))
    return was


@pytest.mark.parametrize(
    ("name", "stages"),
    [
        (
            "src/helpers/words/messages/sv/checking.yaml",
            {"findings", "rows_to_fix", "points_to_fix"},
        ),
        ("data/borders/municipalities.parquet", set(STAGES)),
        ("data/organisations.yaml", set(STAGES) - {"reading", "recognising"}),
        ("quality_suites/_common.yaml", {"findings", "rows_to_fix", "points_to_fix"}),
        (
            "src/helpers/checking/expectations/points/points_in_sweden.py",
            {"findings", "rows_to_fix", "points_to_fix"},
        ),
        ("src/helpers/checking/deliveries.py", {"findings", "rows_to_fix", "points_to_fix"}),
        ("src/helpers/reading/dates.py", set(STAGES)),
        ("src/helpers/profiling/profile.py", {"profile", "rows_to_fix"}),
        ("src/helpers/drawing/places.py", set()),
        ("data/reference/elsewhere.yaml", set()),
        ("data/samples/karlskrona-badplatser.csv", set()),
    ],
)
def test_what_a_file_changes(copy: Path, name: str, stages: set[str]):
    before = keys(copy)
    touch(copy / name)
    found = changed(before, keys(copy))
    assert stages <= found if stages else not found
    assert "reading" not in found or stages == set(STAGES)


def _files(copy: Path) -> list[str]:
    found = [
        one
        for part in ("src/helpers", "data", "quality_suites")
        for one in (copy / part).rglob("*")
    ]
    return sorted(one.relative_to(copy).as_posix() for one in found if one.is_file())


def _each(copy: Path, names: list[str]) -> None:
    before, without = keys(copy), []
    for name in names:
        was = touch(copy / name)
        found = changed(before, keys(copy))
        (copy / name).write_bytes(was)
        plain = name.removeprefix("src/")
        messages = plain.startswith("helpers/words/messages/") and not plain.endswith("__init__.py")
        if (
            plain.startswith(NEVER_KEPT)
            or messages
            or plain.endswith((".css", ".js", ".html", ".md"))
        ):
            continue
        if not found:
            without.append(name)
        for stage in STAGES.values():  # what a changed stage is needed by changes with it
            if any(need.name in found for need in stage.needs):
                assert stage.name in found, (name, stage.name)
    assert keys(copy) == before
    assert not without, "\n".join(without)


@pytest.mark.slow
@pytest.mark.parametrize(
    "step", [50, pytest.param(4, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.long)]
)
def test_files_in_turn(copy: Path, step: int):
    _each(copy, _files(copy)[::step])


def test_a_file_that_comes_counts_as_one_that_changes(copy: Path):
    before = keys(copy)
    (copy / "quality_suites" / "platsinformation.extra.yaml").write_text(
        "expectations: []\n", "utf-8"
    )
    assert "findings" in changed(before, keys(copy))
    module = copy / "src/helpers/checking/expectations/cells/column_values_to_be_new.py"
    before = keys(copy)
    module.write_text('"""New."""\n', "utf-8")
    assert "findings" in changed(before, keys(copy))


def test_a_setting_and_the_file_that_it_names(copy: Path, monkeypatch: pytest.MonkeyPatch):
    before = keys(copy)
    shapes = copy / "shapes.geojson"
    shapes.write_text("{}", "utf-8")
    monkeypatch.setenv("DATAKOLLEN_MUNICIPALITIES", str(shapes))
    named = keys(copy)
    assert changed(before, named) == set(STAGES)
    shapes.write_text('{"type": "FeatureCollection"}', "utf-8")
    assert changed(named, keys(copy)) == set(STAGES)


@pytest.mark.parametrize(
    ("declared", "first"),
    [
        ({"update_frequency": "DAILY"}, {"findings"}),
        ({"disclosure": {"k": 7}}, {"screening"}),
        ({"variant": "badplats"}, {"recognising"}),
        ({"type": "annan"}, {"reading"}),
        ({"organisation": "karlshamn"}, {"reading", "publisher"}),
        ({"source": {"path": "bad.csv", "delimiter": ","}}, {"reading"}),
        ({"title": "Bad", "description": "x", "licence": "CC0-1.0"}, set()),
    ],
)
def test_what_the_entry_changes(copy: Path, declared: dict[str, Any], first: set[str]):
    found = changed(keys(copy), keys(copy, **declared))
    assert first <= found if first else not found


def test_a_corrected_organisation_number_is_checked_anew(copy: Path):
    before = keys(copy)
    file = copy / "data" / "organisations.yaml"
    plain = file.read_text("utf-8")
    assert "organisationsnummer:" in plain
    file.write_text(
        plain.replace("organisationsnummer:", "organisationsnummer: # rättat\n   ", 1), "utf-8"
    )
    assert "findings" in changed(before, keys(copy))


def test_the_name_and_the_bytes_of_the_source_count(copy: Path):
    before = keys(copy)
    (copy / "bad.csv").write_text(ROWS + ROWS, "utf-8")
    assert changed(before, keys(copy)) == set(STAGES)


@pytest.mark.parametrize(
    "candidate",
    [
        "karlskrona-badplatser.csv",
        pytest.param("region-blekinge-tidtabeller.zip", marks=pytest.mark.slow),
    ],
)
def test_what_runs_and_what_is_read_is_in_the_key(candidate: str, root: Path, tmp_path: Path):
    """An oracle: every function of ours that is called while a stage is computed stands in a module
    of its closure, and whatever it opened of ours is declared."""
    file = root / "data" / "samples" / candidate
    declared = ENTRY | (
        {"type": "rorelsedata", "organisation": "region-blekinge"} if file.suffix == ".zip" else {}
    )
    opened = Opened(file, entry=Entry(**declared), store=Store(tmp_path / "store"), today=TODAY)
    ours.look_again()
    for stage in STAGES.values():
        for need in stage.needs:
            opened.said(need)
        called: set[str] = set()

        def watch(frame: Any, event: str, _: Any, called: set[str] = called) -> None:
            if event == "call":
                called.add(frame.f_code.co_filename)

        needed = opened.needed(stage, tmp_path / "beside.parquet")
        with ours.noting() as noted:
            sys.setprofile(watch)
            try:
                stage.compute(needed)
            finally:
                sys.setprofile(None)
        code = closure.closure(stage.module)
        own = {
            closure._module_of(Path(one))
            for one in called
            if Path(one).is_relative_to(ours.PACKAGE)
        }
        assert own - MACHINERY <= set(code.modules), stage.name
        known = {name for one in code.declared for name in _names(one)}
        assert {name for name in noted if not name.startswith(ours.LIST)} <= known, stage.name


# What holds and finds the tables, and says nothing of what is in them.
MACHINERY = {
    f"helpers.running.{name}"
    for name in ("computing", "declared", "opening", "store", "leases", "source", "closure")
}
MACHINERY |= {"helpers.words.files.locks", "helpers.words.files.writing"}


def _names(one: Any) -> set[str]:
    if isinstance(one, ours.Setting):
        return {f"${one.name}"}
    return {one.name} if isinstance(one, ours.File) else {ours.named(file) for file in one.files()}
