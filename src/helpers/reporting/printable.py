"""A page of ours as a browser is to print it: everything open, a still picture for each map that
moves, page numbers, no script, and no link to a file of this machine.

Only pages that we wrote are changed so: their texts are escaped, so that what is looked for is
ours.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

from helpers.words.policy import hashes

SHEET = (Path(__file__).parent / "templates" / "print.css").read_text("utf-8")
_FRAME = re.compile(
    r'<iframe\b[^>]*\bdata-map="([a-z0-9_]{1,40})"[^>]*\btitle="([^"]*)"[^>]*></iframe>'
)
_OTHER_FRAME = re.compile(r"<iframe\b[^>]*></iframe>")
# a link to a file beside the page: whoever has the PDF has not the file
_BESIDE = re.compile(r'(<a\b[^>]*?)\shref="(?!#|https?:|mailto:)[^"]*"')
_CELL = re.compile(r"(<t[dh]\b[^>]*>)([^<]*)")
_LONG = re.compile(r"[^\s&;]{13,}")  # a name such as avg_download_kbps, or an address
_JOINT = re.compile(r"(?<=[_./@-])(?=\w)")
_HEADING = re.compile(r"(<h([1-3])\b[^>]*>)(.*?)(</h\2>)", re.S)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def printable(page: str, folder: Path, *, ours: bool = True) -> str:
    """``page`` as it is to be printed. ``folder``: where its still pictures lie. ``ours``: False
    for a page that says itself how it is put on paper."""
    said = _FRAME.sub(lambda found: _still(folder, found[1], found[2]), page)
    said = _OTHER_FRAME.sub("", said)
    said = _BESIDE.sub(r"\1", said)
    # the picture is the figure, with its words; what is around both is a group
    said = re.sub(r"<figure\b(?![^>]*\brole=)", '<figure role="group"', said)
    # a heading that is broken keeps its blank, or the bookmark made of it has none
    said = _HEADING.sub(lambda found: f"{found[1]}{' '.join(found[3].split())}{found[4]}", said)
    said = _CELL.sub(lambda found: found[1] + _breakable(found[2]), said)
    if not ours:
        return _POLICY.sub(lambda found: _without_scripts(found[0]), said, count=1)
    said = re.sub(r"<details\b(?![^>]*\bopen\b)", "<details open", said)
    return _POLICY.sub(
        lambda found: f"{_without_scripts(_wider(found[0]))}<style>{SHEET}</style>", said, count=1
    )


def _breakable(text: str) -> str:
    """The text of a cell, whose long names may be broken where they are joined and nowhere else."""
    return _LONG.sub(lambda name: _JOINT.sub("<wbr>", name[0]), text)


def _without_scripts(policy: str) -> str:
    return re.sub(r"script-src [^;]*", "script-src 'none'", policy)


def _wider(policy: str) -> str:
    """The page's policy, which lets our sheet and pictures in the page itself in too."""
    policy = policy.replace("style-src 'none'", "style-src")
    policy = policy.replace("style-src", f"style-src {hashes([SHEET])}", 1)
    return re.sub(r"img-src [^;]*", "img-src data:", policy)


def _still(folder: Path, key: str, title: str) -> str:
    """The map's still picture; nothing where it has none. ``title`` is escaped already."""
    file = folder / f"map_{key}.png"
    if not file.is_file():
        return ""
    data = base64.b64encode(file.read_bytes()).decode()
    return f'<img alt="{title}" src="data:image/png;base64,{data}">'
