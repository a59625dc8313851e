"""An address is asked within its bounds, and why it failed is told by its kind; nothing secret of
it is shown or handed over."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import socket
import ssl
import subprocess
from email.utils import format_datetime
from pathlib import Path

import pytest
from tests.watching.serving import LOGIN, Server, packed, table

from helpers.running.watching import fetching
from helpers.running.watching.fetching import Answer, Limits

QUICK = Limits(seconds=0.6, pause=0.3, size=400_000, redirects=3)
NOW = dt.datetime.now(dt.UTC)
OLD = NOW.replace(microsecond=0) - dt.timedelta(days=90)


def ask(address: str, folder: Path, limits: Limits = QUICK) -> Answer:
    return fetching.fetched(address, folder / "file", limits)


def test_a_file_comes_whole(server: Server, tmp_path: Path):
    body = table()
    dated = {"Last-Modified": format_datetime(OLD, usegmt=True), "Content-Type": "text/csv"}
    server.at["/bad.csv"] = (200, dated, body)
    said = ask(f"{server.url}/bad.csv?nyckel=hemlig#del", tmp_path)
    assert said.fault == "gone"  # the query is part of what is asked
    said = ask(f"{server.url}/bad.csv#del", tmp_path)
    assert (said.fault, said.status, said.size) == ("", 200, len(body))
    assert (tmp_path / "file").read_bytes() == body
    assert said.sha256 == hashlib.sha256(body).hexdigest()
    assert said.sha1 == hashlib.sha1(body).hexdigest()
    assert said.modified == OLD and said.media_type == "text/csv" and not said.moved
    for _, headers in server.asked:
        assert not {"Cookie", "Authorization", "Referer"} & headers.keys()
        assert headers["User-Agent"] == "datakollen watch"


def test_what_is_packed_for_the_way_is_unpacked(server: Server, tmp_path: Path):
    server.at["/a.csv"] = packed(table())
    server.at["/bomb.csv"] = packed(b"0" * 5_000_000)
    status, headers, body = packed(table())
    server.at["/cut.csv"] = (status, headers, body[:-20])
    server.at["/br.csv"] = (200, {"Content-Encoding": "br"}, b"...")
    assert ask(f"{server.url}/a.csv", tmp_path).size == len(table())
    kinds = [ask(f"{server.url}/{name}.csv", tmp_path).fault for name in ("bomb", "cut", "br")]
    assert kinds == ["too_large", "cut", "garbled"]


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        *((404, "gone"), (410, "gone"), (401, "forbidden"), (403, "forbidden"), (500, "server")),
        *((503, "server"), (429, "server"), (418, "refused"), (304, "refused")),
    ],
)
def test_a_status_has_its_kind(server: Server, tmp_path: Path, status: int, fault: str):
    server.at["/a"] = (status, {}, b"" if status == 304 else LOGIN)
    said = ask(f"{server.url}/a", tmp_path)
    assert (said.fault, said.status, said.size) == (fault, status, 0)


def test_what_never_ends_is_ended(server: Server, tmp_path: Path):
    for name in ("endless", "dripping", "silent", "cut", "garbled"):
        server.at[f"/{name}"] = getattr(server, name)
    faults = {
        name: ask(f"{server.url}/{name}", tmp_path).fault
        for name in ("endless", "dripping", "silent", "cut", "garbled")
    }
    assert faults == {
        "endless": "too_large",
        "dripping": "slow",
        "silent": "slow",
        "cut": "cut",
        "garbled": "garbled",
    }
    assert (tmp_path / "file").stat().st_size <= QUICK.size


def test_redirects_are_followed_so_far_and_told(server: Server, tmp_path: Path):
    server.at |= {
        "/a": (301, {"Location": "/b?hemlig=1"}, b""),
        "/b?hemlig=1": (302, {"Location": f"{server.url}/c.csv"}, b""),
        "/c.csv": table(),
        "/ring": (302, {"Location": "/ring"}, b""),
        "/nowhere": (302, {}, b""),
        "/file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/ftp": (302, {"Location": "ftp://example.org/a"}, b""),
        "/secret": (302, {"Location": "http://a:b@127.0.0.1/"}, b""),
    }
    said = ask(f"{server.url}/a", tmp_path)
    assert said.fault == "" and said.moved
    assert said.path == (f"{server.url}/a", f"{server.url}/b?…", f"{server.url}/c.csv")
    kinds = {name: ask(f"{server.url}/{name}", tmp_path) for name in ("ring", "nowhere")}
    assert kinds["ring"].fault == "redirects" and len(kinds["ring"].path) == 4
    assert kinds["nowhere"].fault == "refused"
    for name in ("file", "ftp", "secret"):
        assert ask(f"{server.url}/{name}", tmp_path).fault == "leads_elsewhere", name


def test_no_address_leads_inwards_from_outside(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A server outside that sends us to a machine within is not followed."""
    server.at["/a"] = (302, {"Location": "http://localhost:1/"}, b"")
    monkeypatch.setattr(fetching, "_inside", lambda address: "localhost" in address)
    assert ask(f"{server.url}/a", tmp_path).fault == "leads_elsewhere"


def test_what_is_inside():
    assert fetching._inside("http://127.0.0.1/") and fetching._inside("http://10.1.2.3:80/")
    assert fetching._inside("http://169.254.169.254/latest") and fetching._inside("http://[::1]/")
    assert not fetching._inside("http://193.10.1.1/")


def test_nobody_answers(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/a.csv", tmp_path).fault == "connection"
    assert ask("http://data.utkast.invalid/a.csv", tmp_path, Limits(5, 2)).fault == "no_host"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("ftp://example.se/a", "address"),
        ("file:///etc/passwd", "address"),
        ("badplatser.csv", "address"),
        ("http://[::", "address"),
        ("http://example.se:99999999/", "address"),
        ("https:///a.csv", "address"),
        ("https://anna:hemligt@example.se/a.csv", "secret_in_address"),
    ],
)
def test_what_is_never_asked(tmp_path: Path, address: str, fault: str):
    said = ask(address, tmp_path)
    assert (said.fault, said.path, said.status) == (fault, (), None)
    assert not (tmp_path / "file").exists()


def test_a_date_of_now_says_nothing(server: Server, tmp_path: Path):
    """A file that is made when it is asked for is as new as the question."""
    now = dt.datetime.now(dt.UTC)
    for value in (format_datetime(now, usegmt=True), "igår", "", "Mon, 32 Nov 2026"):
        server.at["/a.csv"] = (200, {"Last-Modified": value}, table())
        assert ask(f"{server.url}/a.csv", tmp_path).modified is None, value


def test_an_address_with_signs_of_its_own(server: Server, tmp_path: Path):
    server.at["/%C3%B6ppna%20data/b%C3%A5t.csv"] = table()
    assert ask(f"{server.url}/öppna data/båt.csv", tmp_path).fault == ""


def test_a_disk_that_takes_nothing_is_no_fault_of_the_server(server: Server, tmp_path: Path):
    server.at["/a.csv"] = table()
    with pytest.raises(OSError):
        fetching.fetched(f"{server.url}/a.csv", tmp_path / "no folder" / "file", QUICK)


def test_the_environments_proxy_is_gone_through(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Our users' networks are closed: what leaves them goes by one door."""
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "")
    server.at["http://data.utkast.invalid/bad.csv"] = table()
    server.at["http://data.utkast.invalid/stop.csv"] = (407, {}, b"")
    assert ask("http://data.utkast.invalid/bad.csv", tmp_path).size == len(table())
    assert ask("http://data.utkast.invalid/stop.csv", tmp_path).fault == "forbidden"


def test_a_certificate_that_nobody_vouches_for(server: Server, tmp_path: Path):
    """It is never looked past; and what speaks no TLS at all is another fault."""
    https = server.url.replace("http://", "https://")
    assert fetching._kind(ssl.SSLError("WRONG_VERSION_NUMBER")) == ("garbled", None)
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout"
    made = [program, *words.split(), str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    said = ask(f"{https}/a.csv", tmp_path, Limits(10, 5))
    assert (said.fault, said.status, server.asked) == ("certificate", None, [])
