"""Mobility: what timetables and counts of journeys say, in numbers; ``helpers.drawing`` draws
them."""
