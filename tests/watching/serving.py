"""A server on this machine that answers as servers do, well and badly, and a catalogue whose
addresses are its own."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HEADER = "name,latitude,longitude,city"
ROWS = [f"Plats {i},56.{1000 + i},15.{5000 + i},Karlskrona" for i in range(40)]
LOGIN = b"<!DOCTYPE html><html><form><input type='password' name='p'></form></html>"
PAGE = b"\xef\xbb\xbf\n<!doctype html><html><h1>404 eller inte</h1></html>"


def table(rows: list[str] = ROWS, header: str = HEADER) -> bytes:
    """A CSV as a package has it."""
    return "\r\n".join([header, *rows, ""]).encode()


class Server:
    """What lies at each path: bytes, or ``(status, headers, bytes)``, or a function of the
    request. ``asked``: every request, with its headers."""

    def __init__(self) -> None:
        self.at: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, dict(self.headers)))
                said = outer.at.get(self.path, (404, {}, b"nothing"))
                if callable(said):
                    said(self)
                    return
                status, headers, body = said if isinstance(said, tuple) else (200, {}, said)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def endless(self, request: Any) -> None:
        """A body that never ends, as fast as it is taken."""
        request.send_response(200)
        request.end_headers()
        part = b"Plats,56.1,15.5,Karlskrona\r\n" * 2000
        try:
            while not self.over.is_set():
                request.wfile.write(part)
        except OSError:
            pass

    def dripping(self, request: Any) -> None:
        """A byte now and then, each in time."""
        request.send_response(200)
        request.end_headers()
        try:
            while not self.over.wait(0.05):
                request.wfile.write(b"a")
                request.wfile.flush()
        except OSError:
            pass

    def silent(self, request: Any) -> None:
        """Nothing at all for a while."""
        self.over.wait(5)
        request.close_connection = True

    def cut(self, request: Any) -> None:
        """Less than was promised."""
        request.send_response(200)
        request.send_header("Content-Length", "5000")
        request.end_headers()
        request.wfile.write(table()[:100])
        request.wfile.flush()
        request.close_connection = True

    def garbled(self, request: Any) -> None:
        """No HTTP at all."""
        request.wfile.write(b"220 mail.example.se ESMTP\r\n\r\n")
        request.close_connection = True


def packed(body: bytes) -> tuple[int, dict[str, str], bytes]:
    """A body that is gzipped for the way."""
    return 200, {"Content-Encoding": "gzip", "Content-Type": "text/csv"}, gzip.compress(body)


@contextmanager
def serving() -> Iterator[Server]:
    """The server, while it is asked."""
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.http.shutdown()
        server.http.server_close()


def entry(folder: Path, id: str, **fields: Any) -> Path:
    """Write an entry; ``fields`` are its lines."""
    lines = {
        "id": id,
        "title": "Badplatser",
        "type": "annan",
        "organisation": "karlskrona",
        "synthetic": "true",
    } | fields
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{id}.yaml"
    file.write_text("".join(f"{name}: {value}\n" for name, value in lines.items()), "utf-8")
    return file


def at(url: str) -> str:
    """``published`` of an entry whose file lies there."""
    return f'{{status: own_website, url: "{url}"}}'
