"""What a register of places answers: which kinds there are, how far it is to the nearest, what is
told of accessibility and how fresh it is."""

from __future__ import annotations

from helpers.advising.answers.answer import LIST, ROWS, Answer, Mark, Said, protected
from helpers.advising.answers.asking import ANY, Asked
from helpers.advising.answers.counting import by_name
from helpers.advising.answers.shapes import fresh, named

KINDS = ("type", "school_form", "water_type")
WORDY = 30  # letters of what is no yes or no but a description [our own bound]
WHEELCHAIR = ("wheelchair", "accessibility")


def kinds(asked: Asked) -> Answer:
    """Which kinds of places are there?"""
    field = next((one for one in KINDS if asked.has(one)), KINDS[0])
    return named(asked, "places.kinds", field, said="places.kinds")


def accessibility(asked: Asked) -> Answer:
    """Can you get there in a wheelchair? What is not told is unknown, never no."""
    question = "places.accessibility"
    field = next((one for one in WHEELCHAIR if asked.has(one)), None)
    if field is None:
        return asked.none_of(question, WHEELCHAIR)
    rows, told = asked.one(f'select count(*), count("{field}") from asked')
    if not told:
        return asked.refused(question, {field: ANY}) or Answer(question)
    column = asked.column(field)
    yes_no = column is not None and column.type == "boolean"
    value = f"case when \"{field}\" then 'ja' else 'nej' end" if yes_no else f'"{field}"::varchar'
    named = by_name(asked, value, where=f'"{field}" is not null').marks
    wordy = asked.one(f'select max(length("{field}"::varchar)) from asked')[0] > WORDY
    if field == "accessibility" or wordy:  # words, each its own
        named = [Mark("", float(told), int(told), "told")]
    left = int(rows) - int(told)
    marks = protected([*named, Mark("", float(left), left, "unknown")], asked.people)
    said = []
    if all(mark.value is not None for mark in marks):
        code = "all" if not left else "said"
        said = [Said(f"{question}.{code}", {"count": int(told), "rows": int(rows), "left": left})]
    return Answer(question, said, marks, LIST, ROWS)


updated = fresh("places.updated", "updated")
