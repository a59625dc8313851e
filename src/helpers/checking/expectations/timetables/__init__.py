"""Timetables: the files of a GTFS feed, and what they say together."""
