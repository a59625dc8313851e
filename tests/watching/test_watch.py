"""What is published is looked at where it lies: what is wrong is told by name, with since when, what
to do and who to ask; what cannot be known is never called fine; no cell and no secret is told."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from tests.watching.serving import HEADER, LOGIN, PAGE, ROWS, Server, at, entry, table
from typer.testing import CliRunner

from helpers.reporting import watch_terminal
from helpers.running.commands import app
from helpers.running.store import Store
from helpers.running.watching import whole
from helpers.running.watching.fetching import Limits
from helpers.running.watching.whole import WatchRequest
from helpers.words.messages import LANGUAGES
from helpers.words.printing import Terminal

TODAY = dt.date(2026, 11, 30)
CANARY = "Kanariefågel"
Watch = Callable[..., dict[str, Any]]


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    """Look at the catalogue in ``tmp_path`` on a day, in this process: the whole object."""

    def look(day: int = 0, *only: str, packages: Path | None = None) -> dict[str, Any]:
        store = Store(tmp_path / "store")
        asked = WatchRequest(tmp_path / "catalogue", only, packages, Limits(20, 5, 500_000, 3))
        try:
            done = whole.watch(asked, store, None, TODAY + dt.timedelta(days=day))
        finally:
            store.forget_tables()
        assert not list((tmp_path / "store").glob("work/*/*"))  # what was fetched is gone
        return done.to_json() | {"code": done.exit_code}

    return look


def kinds(told: dict[str, Any], index: int = 0) -> list[str]:
    return [fault["fault"] for fault in told["candidates"][index]["faults"]]


@pytest.fixture
def place(server: Server, tmp_path: Path) -> Path:
    """The catalogue with one entry, whose file is the server's /bad.csv."""
    owner = "{role: Fritidschefen, mailbox: fritid@example.se}"
    fields = {
        "update_frequency": "MONTHLY",
        "owner": owner,
        "published": at(f"{server.url}/bad.csv"),
    }
    entry(tmp_path / "catalogue", "bad", **fields)
    server.at["/bad.csv"] = table()
    return tmp_path / "catalogue"


def test_nothing_is_wrong_with_a_file_that_is_as_it_was(server: Server, place: Path, watch: Watch):
    changed = dt.datetime.combine(TODAY, dt.time(), dt.UTC) - dt.timedelta(days=20)
    server.at["/bad.csv"] = (200, {"Last-Modified": format_datetime(changed, True)}, table())
    first, second = watch(), watch(1)
    (one,), (again,) = first["candidates"], second["candidates"]
    assert first["code"] == second["code"] == 0
    assert (one["state"], one["content"], one["rows"], one["columns"]) == ("fine", "first", 40, 4)
    assert (one["freshness"]["verdict"], one["freshness"]["rests_on"]) == ("fresh", "server")
    assert (again["content"], again["content_since"]) == ("same", "2026-11-30")
    assert again["findings"]["new"] == 0 and again["findings"]["same"] == one["findings"]["failed"]


def test_columns_rows_and_findings_that_changed(server: Server, place: Path, watch: Watch):
    watch()
    server.at["/bad.csv"] = table(ROWS[:10] + [ROWS[0]] * 2, HEADER.replace("city", "ort"))
    told = watch(3)
    (one,) = told["candidates"]
    assert told["code"] == 1 and one["state"] == "wrong" and one["content"] == "changed"
    assert {"columns", "rows_gone"} <= set(kinds(told))
    said = {fault["fault"]: fault["what"]["sv"] for fault in one["faults"]}
    assert "Saknas: ”city”. Nya: ”ort”" in said["columns"]
    assert "12 nu, 40 den 30 november 2026" in said["rows_gone"]
    assert one["findings"]["new"] > 0  # the row that stands three times
    assert watch(4)["code"] == 0  # it was told once: what is out now is what the next is held to


def test_the_same_content_for_too_long_is_old(server: Server, place: Path, watch: Watch):
    """Without a date of the server's the looks themselves are the witness."""
    first, fresh, old = watch(), watch(61), watch(63)
    assert first["candidates"][0]["freshness"]["rests_on"] == "nothing"
    assert first["candidates"][0]["state"] == "unknown" and first["code"] == 0
    assert (
        old["candidates"][0]["faults"][0]["who"]["sv"] == "Fråga Fritidschefen, fritid@example.se."
    )
    assert kinds(fresh) == [] and fresh["candidates"][0]["state"] == "unknown"
    assert kinds(old) == ["stale"] and old["code"] == 1
    assert old["candidates"][0]["freshness"]["day"] == "2026-11-30"
    server.at["/bad.csv"] = table(ROWS[:30])
    new = watch(64)["candidates"][0]
    assert (new["freshness"]["verdict"], new["freshness"]["rests_on"]) == ("fresh", "changed")


def test_since_when_it_is_wrong(server: Server, place: Path, watch: Watch):
    assert watch()["candidates"][0]["faults"] == []
    file = server.at.pop("/bad.csv")
    first, later = watch(1), watch(5)
    assert kinds(first) == kinds(later) == ["gone"]
    assert {one["candidates"][0]["faults"][0]["since"] for one in (first, later)} == {"2026-12-01"}
    server.at["/bad.csv"] = file
    back = watch(6)
    assert back["code"] == 0 and back["candidates"][0]["content"] == "same"
    assert back["candidates"][0]["content_since"] == "2026-11-30"
    del server.at["/bad.csv"]
    assert watch(7)["candidates"][0]["faults"][0]["since"] == "2026-12-07"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", "empty"),
        (HEADER.encode() + b"\r\n", "empty"),
        (LOGIN, "login"),
        (PAGE, "page"),
        (b"\x00\x01\x02" * 500, "unread"),
        ((302, {"Location": "/adfs/ls?x=1"}, b""), "login"),
        ((500, {}, b"Anna Andersson 19900101-1239"), "server"),
    ],
)
def test_what_comes_instead(server: Server, place: Path, watch: Watch, body: Any, fault: str):
    server.at |= {"/bad.csv": body, "/adfs/ls?x=1": PAGE}
    told = watch()
    assert fault in kinds(told), kinds(told)
    assert told["code"] == 1 and told["candidates"][0]["state"] == "wrong"
    found = next(one for one in told["candidates"][0]["faults"] if one["fault"] == fault)
    for language in LANGUAGES:
        assert all(found[part][language].strip() for part in ("what", "fix", "who"))
    assert "Anna" not in json.dumps(told) and found["since"] is None


def test_a_page_about_the_data_is_no_fault(server: Server, tmp_path: Path, watch: Watch):
    """An address without a file's ending may be a page; it is told that no file was seen."""
    entry(tmp_path / "catalogue", "bad", published=at(f"{server.url}/oppna-data/bad"))
    server.at["/oppna-data/bad"] = PAGE
    (one,) = watch()["candidates"]
    assert (one["faults"], one["state"]) == ([], "unknown")
    assert [note["note"] for note in one["notes"]] == ["page_only"]
    server.at["/oppna-data/bad"] = (200, {"Content-Type": "text/csv; charset=utf-8"}, table())
    assert watch()["candidates"][0]["rows"] == 40
    server.at["/oppna-data/bad"] = PAGE  # a file was there
    assert kinds(watch()) == ["page"]


def test_what_may_not_be_out(server: Server, place: Path, watch: Watch):
    """Identity numbers in what is published: the gravest of all, without a cell of it told."""
    rows = [f"{row},19{80 + i % 10}0101-{1230 + i}" for i, row in enumerate(ROWS)]
    rows[0] = f"{CANARY},56.1,15.5,Karlskrona,191212121212"
    server.at["/bad.csv"] = table(rows, f"{HEADER},personnummer")
    told = watch()
    assert "stopped" in kinds(told) and told["code"] == 1
    said = json.dumps(told, ensure_ascii=False)
    assert CANARY not in said and "191212121212" not in said and "12121212" not in said


def test_nothing_is_known_without_a_network(server: Server, place: Path, watch: Watch):
    entry(place, "bad", published=at("https://data.utkast.invalid/bad.csv"))
    entry(place, "konst", published=at("https://konst.utkast.invalid/konst.csv"))
    told = watch()
    assert told["offline"] and told["code"] == 4
    assert [one["state"] for one in told["candidates"]] == ["unknown", "unknown"]
    assert [one["answers"] for one in told["candidates"]] == [None, None]
    assert kinds(told) == kinds(told, 1) == []
    entry(place, "konst", published=at(f"{server.url}/bad.csv"))
    told = watch()  # one answers: the other's server is gone
    assert not told["offline"] and told["code"] == 1
    assert (kinds(told), kinds(told, 1)) == (["no_host"], [])


def test_secrets_in_addresses_are_not_told(server: Server, tmp_path: Path, watch: Watch):
    folder = tmp_path / "catalogue"
    url = server.url.replace("http://", "http://anna:HEMLIGT@")
    entry(folder, "a", published=at(f"{url}/a.csv"))
    entry(folder, "b", published=at(f"{server.url}/b.csv?sig=HEMLIGT"))
    server.at["/b.csv?sig=HEMLIGT"] = (302, {"Location": "/c.csv?token=HEMLIGT"}, b"")
    server.at["/c.csv?token=HEMLIGT"] = table()
    told = watch()
    assert kinds(told) == ["secret_in_address"] and kinds(told, 1) == []
    assert [note["note"] for note in told["candidates"][1]["notes"]] == ["moved"]
    kept = [file.read_text("utf-8") for file in (tmp_path / "store").rglob("*.json")]
    assert len(kept) == 2
    for text in (json.dumps(told), *kept):
        assert "HEMLIGT" not in text and "anna" not in text


def test_what_is_looked_at(server: Server, tmp_path: Path, watch: Watch):
    folder = tmp_path / "catalogue"
    entry(folder, "a", stage="idea")
    entry(folder, "b", stage="published")
    entry(folder, "c", published=f'{{status: national_source, url: "{server.url}/"}}')
    entry(folder, "d", published='{status: "no", url: "https://example.se/"}')
    server.at["/"] = PAGE
    told = watch()
    assert [one["id"] for one in told["candidates"]] == ["b", "c"] and told["not_published"] == 2
    assert kinds(told) == ["no_address"] and kinds(told, 1) == []
    assert [note["note"] for note in told["candidates"][1]["notes"]] == ["national"]
    assert told["candidates"][1]["state"] == "unknown"


def test_the_command_says_it_in_both_languages(
    server: Server, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "store"))
    monkeypatch.setattr("helpers.running.watched.Worker", Nobody)
    server.at["/bad.csv"] = (404, {}, b"")
    for language, word in (("sv", "Fråga webbredaktören."), ("en", "Ask the web editor.")):
        asked = ["watch", "--catalogue", str(place), "--language", language]
        done = CliRunner().invoke(app, asked)
        assert done.exit_code == 1, done.output
        assert word in " ".join(done.stdout.split()) and "404" in done.stdout
    done = CliRunner().invoke(app, [*asked, "--json", "--only", "bad"])
    assert json.loads(done.stdout)["schema"] == "datakollen/watch/1"
    entry(place, "tom", stage="idea")
    for id, code in (("tom", 2), ("finns-inte", 2)):
        assert CliRunner().invoke(app, [*asked, "--only", id]).exit_code == code
    gone = CliRunner().invoke(app, [*asked, "--packages", str(tmp_path / "nowhere")])
    assert gone.exit_code == 2 and "nowhere" in gone.output


def test_nothing_personal_is_told_or_kept(
    server: Server,
    tmp_path: Path,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
):
    """Of an entry, of an address, of a header and of a cell: by their shapes, or not at all."""
    personal = ("191212121212", "Anna Andersson", "anna.andersson@example.com")
    entry(
        tmp_path / "catalogue",
        "bad",
        title="Lista över 191212121212",
        owner="{role: Anna Andersson, mailbox: anna.andersson@example.com}",
        update_frequency="DAILY",
        published=at(f"{server.url}/191212121212/bad.csv"),
    )
    place = "/191212121212/bad.csv"
    server.at[place] = table([f"{row},{CANARY}" for row in ROWS], f"{HEADER},Anna Andersson")
    watch()
    server.at[place] = table([f"{row},{CANARY}" for row in ROWS[:9]], f"{HEADER},191212121212")
    told = watch(9)
    assert {"columns", "rows_gone"} <= set(kinds(told))
    monkeypatch.setattr("sys.stdout", page := io.StringIO())
    watch_terminal.show(told, Terminal(), "sv")
    kept = [file.read_text("utf-8") for file in (tmp_path / "store").rglob("*.json")]
    said = [json.dumps(told, ensure_ascii=False), *kept, " ".join(page.getvalue().split())]
    assert len(said) == 3 and "Mer än hälften" in said[2]
    for text in said:
        assert not [one for one in (*personal, CANARY) if one in text]


@pytest.mark.slow
def test_the_command_reads_in_a_watched_process_and_leaves_nothing(
    server: Server, place: Path, tmp_path: Path
):
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path / "store")}
    words = [sys.executable, "-m", "helpers", "watch", "--catalogue", str(place), "--json"]

    def run() -> tuple[int, dict[str, Any]]:
        done = subprocess.run(words, capture_output=True, env=environment, check=False)
        return done.returncode, json.loads(done.stdout)

    code, told = run()
    assert code == 0 and told["candidates"][0]["rows"] == 40
    server.at["/bad.csv"] = table(ROWS[:5])
    code, told = run()
    assert code == 1 and kinds(told) == ["rows_gone"]
    left = [file for file in (tmp_path / "store").rglob("*") if file.is_file()]
    assert not [file for file in left if b"Plats 1" in file.read_bytes()]


class Nobody:
    """A worker that is never asked, as nothing is read."""

    def close(self) -> None:
        """Nothing is open."""
