"""The file of results is written a candidate at a time, and is as if it were written at once."""

from __future__ import annotations

import json

import pytest
from tests.running.nights import BAD, GOOD, candidate

from helpers.advising.results import Region
from helpers.reporting.results import results_json, results_text


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_the_text_is_that_of_the_whole(count: int):
    found = [candidate(f"a{n}", BAD if n else GOOD, low=50 + n) for n in range(count)]
    region = Region({"sv": 'En\u2028rad\n  ]\n}"', "en": "]\n}"}, found, "2026-11-29T20:00:00")
    written = "".join(results_text(region))
    assert json.loads(written) == json.loads(json.dumps(results_json(region)))
    assert [line for line in written.split("\n") if line.startswith('  {"id":')] == [
        line for line in written.split("\n") if '"findings":' in line
    ]
