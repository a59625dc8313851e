"""What a dataset has as a list or a mapping is the plain one to code, and shows itself in a notebook
as a person reads it; help and completion tell what it holds."""

from __future__ import annotations

import copy
import html
import inspect
import json
import pickle
from typing import Any

import pytest

import helpers
from helpers.checking.findings import Finding
from helpers.reporting import show, show_quality
from helpers.running.analysing import OFFERED
from helpers.running.opening import Opened
from helpers.words.shown_as import Keyed, Listed


class Made:
    """What shows something."""

    def __init__(self, of: Any) -> None:
        self.of = of

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(str(list(self.of)))}</p>"

    def __repr__(self) -> str:
        return f"made of {list(self.of)}"


def test_a_list_is_plain_to_code_and_its_parts_show_themselves():
    found = Listed([3, 1, 2], Made)
    assert found == [3, 1, 2] and json.dumps(found) == "[3, 1, 2]" and found[1] == 1
    assert found._repr_mimebundle_() == {
        "text/html": "<p>[3, 1, 2]</p>",
        "text/plain": "made of [3, 1, 2]",
    }
    part: Any = found[1:]
    assert part == [1, 2] and part._repr_mimebundle_()["text/plain"] == "made of [1, 2]"
    for other in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
        assert other == found and type(other) is list


def test_a_mapping_is_plain_to_code():
    found = Keyed({"a": 1}, Made)
    assert found == {"a": 1} and json.dumps(found) == '{"a": 1}'
    assert found._repr_mimebundle_()["text/plain"] == "made of ['a']"
    assert type(pickle.loads(pickle.dumps(found))) is dict
    assert type(copy.deepcopy(found)) is dict


def test_findings_show_what_is_wrong_first_and_count_the_rest():
    def finding(id: str, severity: str, outcome: str, rows: tuple[int, ...] = ()) -> Finding:
        said = {"sv": f"om {id}", "en": f"about {id}"}
        return Finding(
            *(id, severity, "validity", outcome, "namn", 9, len(rows), list(rows), len(rows)), said
        )

    made = show_quality.each_finding(
        [
            finding("a", "info", "failed", (2,)),
            finding("b", "critical", "failed", (3, 4)),
            finding("c", "warning", "passed"),
            finding("d", "warning", "not_applicable"),
            finding("<i>", "warning", "passed"),
        ]
    )
    assert [row[0] for row in made.rows] == ["b", "a"] and made.rows[0][-1] == "3, 4"
    page = made._repr_html_()
    assert "Uppfyllda: 2." in page and "Gäller inte den här datamängden: 1." in page
    assert "<i>" not in page and "2 av 4 prövade regler är inte uppfyllda" in page
    assert "om d" in page and "Uppfyllda: 2." in repr(made)


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_all_that_is_offered_says_what_it_is(name: str):
    """``dataset.<name>?`` says enough to work on: what is given, and of a call how it is written or
    what it may raise."""
    told = inspect.getdoc(getattr(Opened, name)) or ""
    assert len(told) > 35
    if callable(getattr(Opened, name)) and name != "beside":
        assert "Raises" in told or name == "findings_frame"


def test_completion_offers_nothing_of_the_inside():
    assert set(dir(show)) == set(show.__all__)
    assert all(callable(getattr(show, name)) for name in dir(show))
    assert "show" in dir(helpers)
