"""What ``show.table`` tells of a frame: every cell as it is read, how much is left out, and nothing
that should not be kept."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers.reporting import live_tables
from helpers.words.errors import ConfigurationError

FRAME = pd.DataFrame(
    {
        "text": ["<img src=x onerror=alert(1)>", "två\nrader", None],
        "heltal": pd.array([2024, None, 2**60], dtype="Int64"),
        "tal": [1234567.25, np.nan, np.inf],
        "dag": pd.to_datetime(["2024-01-31", None, "2025-01-01 12:30"], format="ISO8601"),
        "ja": pd.array([True, None, False], dtype="boolean"),
        "annat": [{"a": 1}, ["x"], 2.5],
    }
)


def _told(table: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(table.told())
    return plain


@pytest.mark.parametrize(
    ("language", "amount", "yes", "no"),
    [("sv", "1\u00a0234\u00a0567,25", "ja", "nej"), ("en", "1,234,567.25", "yes", "no")],
)
def test_cells_are_told_as_they_are_read(language: str, amount: str, yes: str, no: str):
    told = _told(helpers.show.table(FRAME, language))
    assert [one["name"] for one in told["columns"]] == list(FRAME.columns)
    assert [one["number"] for one in told["columns"]] == [False, True, True, False, False, False]
    first, second, third = told["rows"]
    assert first[:5] == [
        *("<img src=x onerror=alert(1)>", ["2024", 2024]),
        *([amount, 1234567.25], "2024-01-31", yes),
    ]
    assert second[:5] == ["två rader", ["", None], ["", None], "", ""]
    assert third[:5] == ["", [str(2**60), 2**60], ["∞", 1e308], "2025-01-01 12:30:00", no]
    assert not helpers.show.table(FRAME, language).note


def test_a_page_of_it_is_text():
    pages = helpers.show.table(FRAME)._repr_mimebundle_()
    assert "&lt;img src=x onerror=alert(1)&gt;" in pages["text/html"]
    assert "<img" not in pages["text/html"] and "data-datakollen-table" not in pages["text/html"]


@pytest.mark.parametrize("raw", [False, True])
def test_how_much_is_left_out_is_told(raw: bool):
    frame = pd.DataFrame({"c": [f"rad {number}" for number in range(7000)]})
    frame.attrs["raw"] = raw
    table = helpers.show.table(frame)
    assert len(table.rows) == 5000 and "5\u00a0000 av 7\u00a0000" in table.note
    page = table._repr_html_()
    assert ("rad 9" in page, "sparas inte" in page) == (not raw, raw) and "rad 10" not in page
    long = pd.DataFrame({"c": ["x" * 5000] * 4000})
    fewer = helpers.show.table(long)
    assert 1000 < len(fewer.rows) < 2500 and len(fewer.told()) < 1_000_000


def test_what_looks_personal_is_hidden_unless_it_is_asked_for():
    frame = pd.DataFrame({"c": ["121212-1212"]})
    assert "121212-1212" not in helpers.show.table(frame).told().decode()
    frame.attrs["raw"] = True
    assert "121212-1212" in helpers.show.table(frame).told().decode()


def test_an_index_that_says_something_is_a_column():
    named = FRAME.set_index("heltal")[["text"]]
    assert helpers.show.table(named).names == ["heltal", "text"]
    assert helpers.show.table(FRAME[["text"]]).names == ["text"]
    counted = pd.Series(["a", "b", "a"], name="c").value_counts()
    assert helpers.show.table(counted).names == ["c", "count"]
    wide = pd.DataFrame({("a", "b"): [1]})
    assert helpers.show.table(wide).names == ["a / b"]
    assert helpers.show.table(FRAME.iloc[:0]).plain().rows == []
    for wrong in (None, [1], "x"):
        with pytest.raises(ConfigurationError):
            helpers.show.table(wrong)


def test_in_a_living_kernel_the_page_asks_for_the_rest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live_tables, "living", lambda: True)
    sent: list[tuple[dict[str, Any], list[bytes]]] = []
    widget = live_tables.tables()
    monkeypatch.setattr(type(widget), "send", lambda _, said, parts: sent.append((said, parts)))
    page = helpers.show.table(FRAME)._repr_mimebundle_()["text/html"]
    name = page.split('data-datakollen-table="')[1].split('"')[0]
    widget.answer(None, {"table": name}, [])
    widget.answer(None, {"table": "another's"}, [])
    widget.answer(None, {"program": True}, [])
    [(said, [told]), (_, [program, style])] = sent
    assert said == {"table": name} and json.loads(told)["rows"][0][0] == FRAME["text"][0]
    assert len(program) > 300_000 and b"dataTable" in style and b"datakollen-table" in style
    # what the widget's state holds is what a notebook may keep
    assert len(json.dumps(widget.get_state(), default=str)) < 8_000
    for _ in range(2 * live_tables.MOST_TABLES):
        widget.hold(b"{}")
    assert len(widget.held) == live_tables.MOST_TABLES


def test_a_notebook_of_a_report_has_the_plain_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(live_tables.STATIC.name, "1")
    assert not live_tables.living()
