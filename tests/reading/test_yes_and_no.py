"""Yes and no in many columns at once: a question about them makes no join, which would cost memory
for each."""

from __future__ import annotations

from helpers.reading import booleans, databases


def test_a_column_of_yes_and_no_is_asked_without_a_join():
    with databases.connect() as connection:
        connection.execute("create table answers as select 'Sant' as cell")
        asked = f"select {booleans.sql('cell')} as answer from answers"
        assert connection.execute(asked).fetchall() == [(True,)]
        plan = " ".join(map(str, connection.execute(f"explain {asked}").fetchall()))
    assert "JOIN" not in plan and "PROJECTION" in plan
