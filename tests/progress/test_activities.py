"""Goals and activities, as people write them in activities.yaml: what is counted, and what is wrong
with the file, by line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from helpers.advising.progress import goals
from helpers.advising.progress.ways import TAKEN, Reached, Way
from helpers.declared import activities, catalogue
from helpers.declared.activities import Activities
from helpers.declared.catalogue import Entry
from helpers.words.errors import ConfigurationError

from .made import day

END = day("2026-09-30")
GOALS = """
goals:
- {id: helped, what: Hjälpta, counts: organisations_helped, target: 3}
- {id: webinars, what: Webbinarier, counts: webinars, target: 2}
- {id: people, what: Deltagare, counts: participants, target: 40, since: 2026-07-01}
- {id: out, what: Publicerade, counts: published, target: 1, due: 2026-09-30}
- {id: questions, what: Frågor, counts: entered, target: 10}
- {id: visits, what: Besök, counts: entered, target: 10, stands: {value: 7, date: 2026-09-01}}
"""
ACTIVITIES = """
activities:
- {id: a, kind: webinar, what: Ett, status: done, date: 2026-05-01, participants: 30}
- {id: b, kind: webinar, what: Två, status: done, date: 2026-08-01, participants: 12}
- {id: c, kind: webinar, what: Tre, status: done, date: 2026-09-01}
- {id: d, kind: help, what: Hos Håbo, status: done, date: 2026-08-05, organisations: [habo]}
- {id: e, kind: help, what: Igen, status: done, date: 2026-08-09, organisations: [habo, tierp]}
- {id: f, kind: help, what: Sen, status: done, date: 2026-11-01, organisations: [ronneby]}
- {id: g, kind: meeting, what: Missat, date: 2026-09-10}
- {id: h, kind: meeting, what: Glömt, date: 2026-06-10}
- {id: i, kind: meeting, what: Kommer, date: 2026-12-31}
- {id: j, kind: meeting, what: Senare, date: 2027-01-01}
- {id: k, kind: meeting, what: Någon gång}
- {id: l, kind: training, what: Inställt, status: cancelled, date: 2026-09-09, because: Snö}
"""


def published(id: str, issued: dt.date | None) -> Way:
    entry = Entry(id=id, title=id, type="annan", organisation="habo")
    return Way(entry, {"published": Reached(TAKEN, issued)})


def standing(written: Activities, *ways: Way) -> dict[str, tuple[int | None, str, bool]]:
    found = [goals.standing(goal, written, list(ways), END) for goal in written.goals]
    return {one.goal.id: (one.value, one.state, one.at_least) for one in found}


def test_where_goals_stand_is_counted_and_never_guessed():
    said = standing(activities.parsed(GOALS + ACTIVITIES))
    assert said == {
        "helped": (2, "under_way", False),  # each once, and nobody of a later day
        "webinars": (3, "reached", False),
        "people": (12, "under_way", True),  # of those since July, of which one has no number
        "out": (0, "late", False),
        "questions": (None, "unknown", False),
        "visits": (7, "under_way", False),
    }
    assert standing(activities.parsed(GOALS), published("a", None))["out"] == (1, "reached", False)
    nobody = activities.parsed(GOALS)
    assert standing(nobody)["people"] == (0, "under_way", False)  # no webinar: nobody came


def test_a_number_that_somebody_entered_after_the_period_is_not_of_it():
    later = GOALS.replace("date: 2026-09-01}", "date: 2026-10-01}")
    assert standing(activities.parsed(later))["visits"] == (None, "unknown", False)


def test_activities_are_held_missed_cancelled_or_to_come():
    done = goals.done(activities.parsed(ACTIVITIES), day("2026-07-01"), END)
    ids = {name: [one.id for one in getattr(done, name)] for name in vars(done)}
    assert ids == {
        "held": ["b", "d", "e", "c"],
        "missed": ["g"],
        "cancelled": ["l"],
        "coming": ["i", "k"],
        "overdue": ["h"],
    }


def test_a_file_that_is_not_there_is_no_error_and_no_entry(tmp_path: Path):
    assert activities.load(tmp_path) is None
    (tmp_path / "activities.yaml").write_text(GOALS, "utf-8")
    assert catalogue.load(tmp_path) == [] and activities.load(tmp_path) is not None


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("counts: webinars", "counts: klick", "4:37: goals.1.counts: Ska vara ett av: organis"),
        ("target: 3", "target: 0", "3:61: goals.0.target: Ska vara minst 1"),
        ("what: Ett", "what: ' '", "11:26: activities.0.what: Får inte vara tom"),
        ("[habo]", "[hobo]", "14:87: activities.3.organisations.0: Ingen organisation heter hobo"),
        ("id: b", "id: a", "12:3: activities.1: Samma id"),
        ("date: 2026-08-01, ", "", "12:3: activities.1.date: Saknas"),
        ("date: 2026-08-01", "date: i våras", "12:51: activities.1.date: Ska vara ett datum"),
        (
            "participants: 12",
            "participants: -1",
            "12:69: activities.1.participants: Ska vara minst",
        ),
        (
            "counts: entered, target: 10, stands",
            "counts: webinars, target: 10, stands",
            "8:59: goals.5.stands: Ett mål som räknar webinars räknas av sig självt",
        ),
        (
            "kind: webinar, what: Ett",
            "kind: webinar, who: x, what: Ett",
            "activities.0.who: Okänt fält",
        ),
    ],
)
def test_what_is_wrong_is_told_by_line(old: str, new: str, line: str):
    with pytest.raises(ConfigurationError) as caught:
        activities.parsed((GOALS + ACTIVITIES).replace(old, new, 1))
    assert line in caught.value.text("sv"), caught.value.text("sv")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("of", "until"),
    [
        ("2026-09-30", "2026-12-31"),
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-10-15", "2027-01-15"),
        ("2026-12-31", "2027-03-31"),
        ("2026-08-29", "2026-11-29"),
    ],
)
def test_the_next_quarter_ends_as_a_person_would_say(of: str, until: str):
    assert goals.months_after(day(of), 3) == day(until)
