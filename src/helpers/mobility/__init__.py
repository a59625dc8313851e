"""Mobility: what timetables and counts of journeys say, in numbers; ``helpers.maps`` draws them."""
