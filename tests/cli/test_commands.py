"""The command line's contract: exit codes, JSON on standard output only, and a schema that it
keeps."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from tests.sampling import every
from typer.testing import CliRunner

from helpers.running.commands import app
from helpers.running.watched import Worker
from helpers.words import paths
from helpers.words.messages import LANGUAGES


def datakollen(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "helpers", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def invoices(tmp_path: Path) -> Path:
    file = tmp_path / "fakturor.csv"
    file.write_bytes(
        "datum;faktura_nr;leverantor_id;leverantor;belopp;konto_nr\r\n"
        "2024-01-31;0017;556016-0680;Påhittat Bygg AB;1 250,50;6110\r\n"
        "2024-02-29;0018;191212121212;Åsas Fotvård;300,00;6110\r\n".encode("cp1252")
    )
    return file


@pytest.mark.slow
def test_check_prints_one_object_a_line_that_follows_its_schema(invoices: Path, tmp_path: Path):
    (tmp_path / "tom.csv").write_bytes(b"")
    done = datakollen("check", invoices, tmp_path / "tom.csv", "--json")
    assert done.returncode == 3
    said, refused = map(json.loads, done.stdout.splitlines())
    schema = paths.project_root() / "src" / "helpers" / "reporting" / "schemas" / "check-1.json"
    from jsonschema import Draft202012Validator  # here, as it takes seconds to import

    validator = Draft202012Validator(json.loads(schema.read_text("utf-8")))
    validator.validate(said)
    validator.validate(refused)
    assert said["type"] == "leverantorsfakturor" and said["reading"]["encoding"] == "windows-1252"
    assert said["gate"]["content"] == "stopp" and said["gate"]["verdict"] == "stopp"
    versions = {finding["id"]: finding["version"] for finding in said["findings"]}
    assert versions["rows_there"] == 1 and versions["no_placeholder"] == 3
    assert "191212121212" not in done.stdout + done.stderr
    assert set(LANGUAGES) == set(refused["error"]["message"])


@pytest.mark.usefixtures("in_this_process")
def test_check_is_a_readable_page_without_json(invoices: Path):
    done = CliRunner().invoke(app, ["check", str(invoices)])
    assert done.exit_code == 0, done.output
    assert "Publicera inte i det här skicket" in done.stdout
    assert "1212" not in done.stdout


@pytest.mark.usefixtures("in_this_process")
def test_check_ends_the_process_that_it_had(invoices: Path, monkeypatch: pytest.MonkeyPatch):
    """Else that is ended in the middle of its own end, and the console is told of what it left."""
    closed = mock.create_autospec(Worker.close)
    monkeypatch.setattr(Worker, "close", closed)
    CliRunner().invoke(app, ["check", str(invoices), "--json"])
    assert closed.call_count == 1


def test_an_unknown_type_is_wrong_usage_before_anything_heavy_is_imported(invoices: Path):
    code = (
        "import sys; from helpers.running.commands import app\n"
        f"try: app(['check', {str(invoices)!r}, '--type', 'hundar'])\n"
        "except SystemExit as end: print(end.code, 'great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["2", "False"], done.stderr


@pytest.mark.parametrize("given", every(2, [["list"], ["check", "FILE", "--json"]], ids="-".join))
def test_list_and_a_file_of_no_known_type_do_without_great_expectations(
    tmp_path: Path, given: list[str]
):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n3,4\n", "utf-8")
    arguments = [one.replace("FILE", str(tmp_path / "x.csv")) for one in given]
    code = (
        "import sys; from helpers.running.commands import app\n"
        f"try: app({arguments!r})\n"
        "except SystemExit as end: print('\\n', end.code, 'great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split()[-2:] == ["0", "False"], done.stderr


HEAVY = "altair faker.factory folium geopandas great_expectations matplotlib pandas scipy".split()


@pytest.mark.parametrize("what", ["list", "stages"])
def test_the_light_ones_import_nothing_heavy(tmp_path: Path, what: str):
    """``list``, and all stages of a small file of no known type, as a worker has them."""
    (tmp_path / "x.csv").write_text("namn;antal\nLekplats;2\nAnna Karlsson;4\n", "utf-8")
    ran = {
        "list": "from helpers.running.commands import app\ntry: app(['list'])\nexcept SystemExit: pass",
        "stages": "from helpers.running.opening import Opened\nfrom helpers.running.store import Store\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "opened = Opened(folder / 'x.csv', store=Store(folder / 'kept'))\n"
        "print(opened.type, len(opened.findings), opened.screening, opened.profile, opened.gate)\n"
        "opened.store.forget_tables()",
    }[what]
    code = f"import sys\nfrom pathlib import Path\n{ran}\nprint()\nprint([one for one in {HEAVY} if one in sys.modules])"
    asked = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]", done.stdout[-500:] + done.stderr


def test_errors_name_the_next_command(tmp_path: Path):
    done = datakollen("run", "finns-inte", "--output", tmp_path / "r")
    assert done.returncode == 2
    assert "finns-inte" in done.stderr and "datakollen list" in done.stderr and done.stdout == ""


@pytest.mark.usefixtures("in_this_process")
def test_add_writes_entries_that_list_shows(invoices: Path, tmp_path: Path):
    folder = tmp_path / "katalog"
    done = CliRunner().invoke(app, ["add", str(invoices), "--catalogue", str(folder)])
    assert done.exit_code == 0, done.output
    listed = CliRunner().invoke(app, ["list", "--catalogue", str(folder)])
    assert "Leverantörsfakturor" in listed.stdout and "fakturor.csv" in listed.stdout
