"""The status of a project for a period, whole: what the paper is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.advising import leading
from helpers.advising.progress import goals, maturity, obstacles, period, ways
from helpers.advising.progress.goals import Done, Standing
from helpers.advising.progress.maturity import Baseline
from helpers.advising.progress.obstacles import Obstacle
from helpers.advising.progress.period import Moved, Past
from helpers.advising.progress.ways import Way
from helpers.advising.results import Candidate, Region
from helpers.declared.activities import Activities
from helpers.declared.maturity import Year


@dataclass(frozen=True)
class Period:
    """Its first and last day, and the day on which the report is made."""

    start: dt.date
    end: dt.date
    today: dt.date


@dataclass(frozen=True)
class Status:
    """``written``: None where there is no activities.yaml. ``moved``: of the candidates that are in
    the catalogue now or were in the period. ``damaged``: files of history that were set aside."""

    region: Region
    period: Period
    past: Past
    written: Activities | None = None
    goals: list[Standing] = field(default_factory=list)
    done: Done = field(default_factory=Done)
    ways: list[Way] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    baseline: Baseline | None = None
    damaged: tuple[str, ...] = ()

    @property
    def failed(self) -> list[Candidate]:
        """Those that could not be examined as the report is made."""
        return [one for one in self.region.candidates if one.failures]

    @property
    def stopped(self) -> list[Candidate]:
        """Those that the gate stops as the report is made."""
        return [one for one in self.region.candidates if one.kind == "stopp"]

    @property
    def first(self) -> Candidate | None:
        """The dataset that the report would publish first."""
        return next(iter(leading.ranked(self.region.candidates)), None)

    @property
    def first_run(self) -> dt.date | None:
        """The day of the first run of all; None where there is none."""
        return dt.date.fromisoformat(self.past.begins) if self.past.begins else None

    def candidate(self, id: str) -> Candidate | None:
        """The candidate with this id; None where it has left the catalogue."""
        return next((one for one in self.region.candidates if one.entry.id == id), None)

    def way(self, id: str) -> Way | None:
        """Of the candidate with this id; None where it has left the catalogue."""
        return next((way for way in self.ways if way.entry.id == id), None)

    def reached(self, step: str) -> list[Way]:
        """Those that took the step in the period."""
        return ways.reached_in(self.ways, step, self.period.start, self.period.end)


def status(
    region: Region,
    past: Past,
    written: Activities | None,
    about: Period,
    years: Mapping[int, Year] | None = None,
    damaged: tuple[str, ...] = (),
) -> Status:
    """What is known of the period. ``years``: the answers of the baseline questionnaire."""
    start, end = about.start, about.end
    taken = [ways.way(candidate, past, end) for candidate in region.candidates]
    known = written or Activities()
    return Status(
        region,
        about,
        past,
        written,
        [goals.standing(goal, known, taken, end) for goal in known.goals],
        goals.done(known, start, end),
        taken,
        period.moved(past),
        period.left(past),
        obstacles.obstacles(region.candidates),
        maturity.baseline(years or {}, region.candidates, end.year, written),
        damaged,
    )
