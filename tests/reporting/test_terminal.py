"""The page in the terminal: nothing is cut at any width, every finding names its column, and the
sums add up."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.checking import findings
from helpers.checking.findings import Finding
from helpers.reporting import delimiters, terminal
from helpers.running import single
from helpers.words.messages import LANGUAGES
from helpers.words.printing import Terminal

LONG = "en_mycket_lang_rubrik_som_inte_far_plats_i_sin_kolumn_hur_brett_fonstret_an_ar"


Page = Callable[..., str]


def test_a_delimiter_is_called_by_its_name():
    assert [delimiters.named(sign, "sv") for sign in (",", "\t", ";", "^")] == [
        *("komma (,)", "tabb", "semikolon (;)"),
        "^",
    ]


@pytest.fixture
def page(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Page:
    """What is printed in a window so wide."""

    def printed(checked: dict[str, Any], width: int, language: str = "sv") -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        terminal.show(checked, Terminal(), language)
        said = capsys.readouterr().out
        assert max(map(len, said.splitlines())) <= width
        return said

    return printed


def letters(text: str) -> str:
    """A text without what wrapping changes: blanks, line ends and the lines of tables."""
    return re.sub(r"[^\w.,:;()/@%…]", "", text)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("terminal") / "skolor.csv"
    file.write_text(
        f"source;id;name;latitude;longitude;email;{LONG}\n"
        "1080; a1;Skola ett;56.1;15.6;info@kommun.se;x1 \n"
        "1080;a2 ;Skola två ;56.2;15.6;info@kommun.se;x2 \n"
        "1080;a3;Skola tre;;;info@kommun.se;x3\n",
        "utf-8",
    )
    return single.check_file(file)[0]


@pytest.mark.parametrize("width", [40, 80, 100, 160])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut(page: Page, places: dict[str, Any], width: int, language: str) -> None:
    said = letters(page(places, width, language))
    told = [one for one in places["findings"] if one["outcome"] == "failed"]
    for finding in told:
        if not finding.get("explained_by"):
            assert letters(finding["message"][language]) in said
            assert letters(finding["fix"][language]) in said
    for reason in places["gate"]["reasons"]:
        assert letters(reason["message"][language] + reason["opens"][language]) in said
    if width >= 80:
        assert "…" not in said and LONG[:20] in said


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_a_refusal_is_said_to_its_end(page: Page, tmp_path: Path, width: int) -> None:
    file = tmp_path / f"{'mycket_' * 15}lang.csv"
    file.write_bytes(b"")
    refused = single.check_file(file)[0]
    said = letters(page(refused, width))
    assert letters(refused["error"]["message"]["sv"]) in said
    assert "Exporteradenigenurkällsystemet." in said


def test_each_finding_names_its_column(page: Page, places: dict[str, Any]) -> None:
    said = page(places, 100)
    for column in ("id", "name", LONG):
        assert f"Kolumnen {column}" in said


def test_types_are_called_by_their_names(page: Page, places: dict[str, Any]) -> None:
    said = page(places, 100)
    assert "Platsinformation" in said and "platsinformation" not in said
    assert "ur minnet" not in said and "utkast;" not in said


@pytest.mark.parametrize(("language", "rules"), [("sv", "regler"), ("en", "rules")])
def test_the_rules_add_up(page: Page, places: dict[str, Any], language: str, rules: str) -> None:
    (line,) = re.findall(rf"(\d+) {rules}: ([^.]*)\.", page(places, 160, language))
    parts = [int(part) for part in re.findall(r"\d+", line[1])]
    assert int(line[0]) == sum(parts) == len({one["id"] for one in places["findings"]})


def test_every_column_is_listed(page: Page, places: dict[str, Any]) -> None:
    listed = page(places, 160).rpartition("Kolumnerna")[2]
    for column in places["columns"]:
        assert column["name"][:20] in listed


@pytest.mark.slow
def test_of_a_thousand_columns_the_rest_are_counted(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "bred.csv"
    names = [f"kolumn_{i}" for i in range(100)]
    file.write_text(";".join(names) + "\n" + ";".join("a" * 100) + "\n", "utf-8")
    said = page(single.check_file(file)[0], 80)
    assert "kolumn_59" in said and "kolumn_60" not in said
    assert "Och 40 kolumner till." in said


def finding(table: str, failed: int, rows: list[int]) -> Finding:
    why, much = "Samma nyckel två gånger. Så är det.", f"Gäller {failed} av 9 granskade."
    message = dict.fromkeys(LANGUAGES, f"{why} {much}")
    return Finding(
        "keys",
        "critical",
        "uniqueness",
        "failed",
        None,
        9,
        failed,
        rows,
        len(rows),
        message,
        table=table,
        fix={"sv": "Rätta nyckeln."},
    )


def test_what_one_rule_says_of_several_tables_is_said_once() -> None:
    told = findings.faults_of([finding("a.txt", 2, [2, 3]), finding("b.txt", 1, [4])])
    (alike,) = findings.of_one_rule(told)
    lines = [line for _, line in terminal._told_of_tables(alike, "sv")]
    assert lines[:4] == [
        ("2 tabeller: a.txt, b.txt", "bold"),
        "Samma nyckel två gånger. Så är det.",
        "• a.txt: Gäller 2 av 9 granskade. Rader: 2, 3",
        "• b.txt: Gäller 1 av 9 granskade. Rad: 4",
    ]
    columns = [replace(one, column="x") for one in (told[0].cause, told[1].cause)]
    assert len(findings.of_one_rule(findings.faults_of(columns))) == 2


def test_one_kind_of_repair_is_said_once_with_its_places() -> None:
    repairs = [{"code": "bom", "count": 1, "column": name} for name in ("stops", "trips")]
    repairs.append({"code": "encoding", "count": 1})
    assert list(terminal.told_repairs(repairs, "sv")) == [
        "Byteordningsmärke (BOM) först i filen (2): stops (1), trips (1)",
        "Annan teckenkodning än UTF-8 (1)",
    ]


def test_one_is_said_as_one(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "en.csv"
    file.write_text("namn\nEkvik\n", "utf-8")
    checked = single.check_file(file)[0]
    assert "1 rad, 1 kolumn" in page(checked, 100)
    assert "1 row, 1 column" in page(checked, 100, "en")
