"""One address is asked for what lies there: over http or https alone, within bounds of time, bytes
and redirects, and nothing is handed over but the question.

No cookies, no passwords, no address that leads inwards from outside. Why it failed is told by kind
(``FAULTS``), never in the words of a server or a library: they may hold an address with a secret.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib import error, request
from urllib.parse import urljoin, urlsplit, urlunsplit

from helpers.metadata import identity

AGENT = "datakollen watch"
CHUNK = 1 << 16
REDIRECTS = frozenset((301, 302, 303, 307, 308))
NO_NETWORK = ("no_host", "unreachable")  # nothing answered at all: it may be us
FAULTS = (
    *NO_NETWORK,
    *("connection", "slow", "certificate", "garbled", "too_large", "cut"),
    *("gone", "forbidden", "server", "refused"),
    *("redirects", "leads_elsewhere", "address", "secret_in_address"),
)


@dataclass(frozen=True)
class Limits:
    """``seconds`` for all of one address, ``pause`` (s) between two signs of life; ``size`` in
    bytes; ``redirects`` that are followed."""

    seconds: float = 120.0
    pause: float = 20.0
    size: int = 200_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """What an address said. ``fault``: one of ``FAULTS``, "" where a file came whole.

    ``status``: of HTTP, None where nothing answered; ``path``: every address on the way, as they
    may be shown, the asked one first; ``modified``: when the server says that the file was changed,
    None where it does not, or says that it is now; ``sha1`` and ``sha256`` of its ``size`` bytes.
    """

    fault: str = ""
    status: int | None = None
    path: tuple[str, ...] = ()
    media_type: str = ""
    modified: dt.datetime | None = None
    size: int = 0
    sha1: str = ""
    sha256: str = ""

    @property
    def moved(self) -> bool:
        """True where the address leads on to another."""
        return len(self.path) > 1


def shown(address: str) -> str:
    """An address as it may be shown: without name, password, query and fragment, which may hold
    secrets.

    >>> shown("https://anna:hemligt@example.se/a.csv?sig=abc#x")
    'https://example.se/a.csv?…'
    >>> shown("http://[")
    '…'
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "…"
    host = f"[{host}]" if ":" in host else host
    plain = urlunsplit((parts.scheme, f"{host}{port}", parts.path, "", ""))
    return plain + ("?…" if parts.query else "")


def _opener() -> request.OpenerDirector:
    """Knows http and https, and what the environment says of proxies: no file, no ftp, no cookie,
    no password, and no redirect, which is looked at before it is followed."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", AGENT), ("Accept-Encoding", "identity")]
    return opener


def refusal(address: str) -> str:
    """Why an address is not asked at all; "" where it is."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises where it is none
    except ValueError:
        return "address"
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return "address"
    if parts.username is not None or parts.password is not None:
        return "secret_in_address"
    return "" if identity.is_absolute(identity.encoded(address)) else "address"


def _inside(address: str) -> bool:
    """True where the host is this machine, or one of a private network, also by its name."""
    host = urlsplit(address).hostname or ""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        return False  # whoever asks is told that there is none
    return any(not ipaddress.ip_address(one.partition("%")[0]).is_global for one in found)


class _Wrong(Exception):
    """``kind`` is one of ``FAULTS``."""

    def __init__(self, kind: str, status: int | None = None) -> None:
        self.kind, self.status = kind, status


@dataclass
class _Asking:
    """One address on its way to a file; ``ended`` tells it that nobody waits any more."""

    target: Path
    limits: Limits
    ended: threading.Event = field(default_factory=threading.Event)
    path: list[str] = field(default_factory=list)
    answer: Answer | None = None
    ours: OSError | None = None  # what stopped this machine from keeping the file

    def run(self, address: str) -> None:
        """Ask, and follow; whatever happens is in ``answer``."""
        try:
            self.answer = self._follow(address)
        except Exception as wrong:  # whatever a server, the system or a library does
            kind, status = _kind(wrong)
            self.answer = Answer(kind, status) if self.ours is None else None

    def _follow(self, address: str) -> Answer:
        opener, here = _opener(), address
        while True:
            if fault := refusal(here):
                raise _Wrong(fault)
            self.path.append(shown(here))
            plain = urlsplit(here)._replace(fragment="").geturl()
            asked = request.Request(identity.encoded(plain))  # noqa: S310  ``refusal`` was asked
            try:
                with opener.open(asked, timeout=self.limits.pause) as said:
                    return self._taken(said)
            except error.HTTPError as wrong:
                with wrong:
                    here = self._onward(here, wrong)

    def _onward(self, here: str, said: error.HTTPError) -> str:
        """Where it leads; ``_Wrong`` where it may not, or leads nowhere."""
        place = said.headers.get("Location")
        if said.code not in REDIRECTS or not place:
            raise _Wrong(_of_status(said.code), said.code)
        if len(self.path) > self.limits.redirects:
            raise _Wrong("redirects", said.code)
        there = urljoin(here, place)
        if refusal(there):
            raise _Wrong("leads_elsewhere", said.code)
        down = here.lower().startswith("https:") and not there.lower().startswith("https:")
        if down or (_inside(there) and not _inside(here)):
            raise _Wrong("leads_elsewhere", said.code)
        return there

    def _taken(self, said: Any) -> Answer:
        """The body, to the file, as far as the bounds let it."""
        size, sums = 0, (hashlib.sha1(usedforsecurity=False), hashlib.sha256())
        for part in self._parts(said):
            size += len(part)
            if size > self.limits.size:
                raise _Wrong("too_large", said.status)
            if self.ended.is_set():
                raise _Wrong("slow", said.status)
            self._put(part)
            for one in sums:
                one.update(part)
        return Answer(
            status=said.status,
            media_type=said.headers.get_content_type() if said.headers.get("Content-Type") else "",
            modified=_modified(said.headers.get("Last-Modified"), said.headers.get("Date")),
            size=size,
            sha1=sums[0].hexdigest(),
            sha256=sums[1].hexdigest(),
        )

    def _parts(self, said: Any) -> Iterator[bytes]:
        """The bytes of the file, unpacked where they were packed for the way."""
        told = said.headers.get("Content-Length", "")
        expected = int(told[:18]) if told.isascii() and told.isdigit() else None
        packed = said.headers.get("Content-Encoding", "identity").strip().lower()
        if packed not in ("identity", "", "gzip", "x-gzip"):
            raise _Wrong("garbled", said.status)
        if expected is not None and expected > self.limits.size:
            raise _Wrong("too_large", said.status)
        unpacking = zlib.decompressobj(31) if "gzip" in packed else None
        came = 0
        self._put(b"")
        while part := said.read1(CHUNK):
            came += len(part)
            yield unpacking.decompress(part) if unpacking else part
        if (expected is not None and came < expected) or (unpacking and not unpacking.eof):
            raise _Wrong("cut", said.status)

    def _put(self, part: bytes) -> None:
        try:
            with self.target.open("ab") as file:
                file.write(part)
        except OSError as error:  # no fault of the server
            self.ours = error
            raise


def _moment(text: str | None) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


MADE_NOW = dt.timedelta(minutes=5)


def _modified(said: str | None, now: str | None) -> dt.datetime | None:
    """When the file was changed; None where the server made it when it was asked: then the date
    says nothing of the data."""
    found, clock = _moment(said), _moment(now) or dt.datetime.now(dt.UTC)
    return None if found is None or found > clock - MADE_NOW else found


def _of_status(code: int) -> str:
    if code in (404, 410):
        return "gone"
    if code in (401, 403, 407, 451):
        return "forbidden"
    return "server" if code >= 500 or code == 429 else "refused"


def _kind(wrong: BaseException) -> tuple[str, int | None]:
    """Which of ``FAULTS`` it is, and the status of HTTP where there was one."""
    if isinstance(wrong, _Wrong):
        return wrong.kind, wrong.status
    reason = wrong.reason if isinstance(wrong, error.URLError) else wrong
    if isinstance(reason, TimeoutError):
        return "slow", None
    if isinstance(reason, ssl.SSLCertVerificationError):
        return "certificate", None
    if isinstance(reason, ssl.SSLError):
        return "garbled", None
    if isinstance(reason, socket.gaierror):
        return "no_host", None
    if isinstance(reason, ConnectionError | http.client.RemoteDisconnected):
        return "connection", None
    if isinstance(reason, OSError):
        return "unreachable", None
    if isinstance(reason, http.client.IncompleteRead):
        return "cut", None
    return "garbled", None


def fetched(address: str, target: Path, limits: Limits | None = None) -> Answer:
    """What lies at the address, written to ``target`` (bytes as they came). Raises
    ``OSError`` where it cannot be written here, and nothing else.

    All of it takes at most ``limits.seconds``: a server that says a byte now and then is slow.
    """
    within = limits or Limits()
    asking = _Asking(target, within)
    thread = threading.Thread(target=asking.run, args=(address,), daemon=True)
    until = time.monotonic() + within.seconds
    thread.start()
    thread.join(max(0.0, until - time.monotonic()))
    asking.ended.set()
    if asking.ours is not None:
        raise asking.ours
    answer = asking.answer or Answer("slow")
    return replace(answer, path=tuple(asking.path))
