"""Which questions are asked of which type and form of dataset: the table, and the answers to them.

A question is a function from an ``Asked`` to an ``Answer``. One that many types share is made by
``shapes`` from its name and the fields that it is of, or by ``positions`` and ``around`` where it
is about where things lie; one that is a type's alone has a module of its own subject. The texts of
``art.decades`` stand under answers.art.decades in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from helpers.advising.answers import (
    aids,
    around,
    art,
    broadband,
    coverage,
    events,
    inspections,
    invoices,
    journeys,
    operations,
    own,
    places,
    positions,
    reach,
    suppliers,
    supply,
    timetables,
    waste,
    years,
)
from helpers.advising.answers.asking import NOWHERE, Asked, Wanted, opened
from helpers.advising.answers.shapes import Question, equipped, most, summed, told, when
from helpers.checking.findings import Finding
from helpers.declared import specifications
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening

if TYPE_CHECKING:
    from helpers.traffic.calendar import Calendar
    from helpers.traffic.feed import Feed

nearest = partial(positions.nearest, question="places.nearest")
found = partial(positions.found, question="places.positions")
municipalities = partial(around.municipalities, question="places.municipalities")

# by type, or type/form where the forms of a type are asked otherwise
QUESTIONS: dict[str, tuple[Question, ...]] = {
    "leverantorsfakturor": (
        invoices.months,
        years.years,
        invoices.departments,
        invoices.accounts,
        suppliers.suppliers,
        suppliers.concentration,
        invoices.credits,
    ),
    "offentlig_konst": (
        art.decades,
        art.materials,
        art.placement,
        art.artists,
        art.around,
        art.where,
    ),
    "platsinformation": (
        places.kinds,
        nearest,
        municipalities,
        found,
        places.accessibility,
        places.updated,
    ),
    "platsinformation/badplats": (
        nearest,
        places.accessibility,
        equipped(
            "places.bathing",
            *("bathing_jetty", "bathing_ladder", "diving_tower", "beach_sand", "toilet", "shower"),
            *("changing_room", "drinking_water", "lifebuoy", "fireplace", "pet_bath", "camping"),
        ),
        most("places.water", "water_type"),
        found,
        places.updated,
    ),
    "platsinformation/evenemang": (
        when("events.when", "start_date"),
        events.weekdays,
        most("places.kinds", "type", said="places.kinds"),
        events.cost,
        most("events.towns", "city"),
        found,
    ),
    "platsinformation/hundrastgard": (
        nearest,
        equipped("places.dogs", "lighting", "seating", "roofing", "latrine", "gate"),
        most("places.surface", "surface"),
        summed("places.area", "area"),
        found,
        places.updated,
    ),
    "platsinformation/parkering": (
        summed("parking.spaces", "car_spaces"),
        equipped(
            "parking.for_whom", "accessible_spots", "charging_points", "rv_spaces", "motorcycles"
        ),
        summed("parking.charging", "charging_points"),
        summed("parking.accessible", "accessible_spots"),
        most("parking.kinds", "type", codes="parking"),
        nearest,
    ),
    "platsinformation/skola": (
        most("schools.forms", "school_form", "type"),
        most("schools.operators", "operator_name"),
        nearest,
        most("events.towns", "city"),
        told("places.contact", "phone", "email", "visit_url", "street"),
        found,
    ),
    "platsinformation/toalett": (
        nearest,
        equipped(
            "places.toilets",
            "rwc",
            "change_table_child",
            "change_table_adult",
            "rwc_alarm",
            "door_opener",
            "drinking_water",
            "lighting",
        ),
        most("places.fee", "fee"),
        told("places.contact", "opening_hours", "street", "accessibility", "open_season"),
        found,
        places.updated,
    ),
    "platsinformation/utegym": (
        nearest,
        equipped(
            "places.gyms",
            *("sit_up", "push_up", "captains_chair", "box", "horizontal_bar", "horizontal_ladder"),
            *("hurdling", "balance_beam", "log_lifting", "rings", "elliptical_trainer", "rower"),
            *("air_walker", "paralell_bars", "exercise_bike", "battling_ropes", "slackline"),
        ),
        most("places.lighting", "lighting"),
        found,
        told("places.contact", "street", "visit_url", "email", "td_url"),
        places.updated,
    ),
    "platsinformation/vardcentral": (
        nearest,
        municipalities,
        most("places.kinds", "type", said="places.kinds"),
        told("places.contact", "opening_hours", "phone", "visit_url", "street"),
        found,
        places.updated,
    ),
    "bredband/matningar": (
        broadband.technologies,
        broadband.slow,
        broadband.speeds,
        broadband.hours,
    ),
    "bredband/tackning": (
        coverage.technologies,
        coverage.places,
        coverage.settlements,
        coverage.years,
        coverage.fast,
    ),
    "hjalpmedel/artikel": (
        aids.classes,
        aids.categories,
        aids.suppliers,
        aids.prescriber,
        most("aids.regions", "region_sortiment"),
    ),
    "hjalpmedel/plats": (
        most("aids.resources", "resource_type"),
        aids.kinds_where,
        nearest,
        told("places.contact", "opening_hours", "phone", "email", "url"),
        found,
        places.updated,
    ),
    "livsmedelsinspektioner": (
        inspections.assessments,
        inspections.years,
        inspections.kinds,
        inspections.follow_ups,
        inspections.types,
        when("inspections.when", "inspection_date"),
    ),
    "matsvinn": (waste.months, waste.guests, waste.kinds, waste.units, waste.prepared),
    "snorojning": (
        operations.months,
        operations.hours,
        operations.lengths,
        operations.areas,
        operations.materials,
    ),
    "rorelsedata/gtfs": (
        timetables.hours,
        reach.reach,
        timetables.hourly,
        timetables.days,
        timetables.lines,
        timetables.wheelchair,
    ),
    "rorelsedata/hallplatser": (
        nearest,
        municipalities,
        found,
        told("stops.told", "stop_name", "latitude", "longitude", "stop_id"),
    ),
    "rorelsedata/pastigande": (
        journeys.months,
        partial(journeys.largest, of="stops", fields=("stop_name", "stop_id")),
        journeys.hours,
        partial(journeys.largest, of="lines", fields=("line",)),
        journeys.small,
    ),
    "rorelsedata/resor": (journeys.months, journeys.flows, journeys.hours, journeys.small),
    "rorelsedata/utbud_per_hallplats": (
        supply.stops,
        supply.few,
        supply.weekend,
        nearest,
        municipalities,
    ),
}


def of(type: str, variant: str | None) -> tuple[Question, ...]:
    """What is asked of a dataset of this type and form; nothing where we know no question."""
    return QUESTIONS.get(f"{type}/{variant}", QUESTIONS.get(type, ()))


def answers(
    snapshot: Snapshot,
    fields: dict[str, str],
    screening: Screening,
    findings: Sequence[Finding],
    *,
    type: str,
    variant: str | None,
    k: int,
    area: str | None,
    wanted: Wanted = NOWHERE,
) -> list[dict[str, Any]]:
    """Each question's answer, as ``Answer.to_json`` gives it. ``area``: the code of the publisher's
    municipality or county; ``wanted``: from where. Raises duckdb.Error if the Parquet cannot be
    read."""
    if type not in specifications.types():
        return []
    feed: Feed | None = None
    calendar: Calendar | None = None
    with ExitStack() as stack:
        if snapshot.format == "gtfs":
            from helpers.traffic import day  # pandas: 0.5 s

            feed, calendar = day.ready(stack.enter_context(day.Feed(snapshot)))
            connection = feed.con
        else:
            connection = stack.enter_context(databases.connect(spill=snapshot.folder / "spill"))
        asked = opened(
            connection,
            Asked(
                connection,
                snapshot,
                fields,
                screening,
                findings,
                k,
                area,
                wanted,
                specifications.load(type, variant),
                feed,
                calendar,
            ),
        )
        known = of(type, variant) or own.questions(asked)
        return [question(asked).to_json() for question in known]
