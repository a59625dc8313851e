"""Texts that are no tables: calendars, business cards, settings, statements of SQL, accounts and
cubes of programs that have a form of their own. Each is known by how it begins, and refused by
name."""

from __future__ import annotations

import re

# What the first line, or the first two, of each look like, after blank lines and comments.
START = r"\A(?:\s|--[^\n]*\n|/\*.*?\*/|#![^\n]*\n)*"
FORMS = {
    "vCard": r"BEGIN:VCARD\s*\n",
    "iCalendar": r"BEGIN:VCALENDAR\s*\n",
    "SQL": r"(?:(?:CREATE|DROP|ALTER)\s+(?:TABLE|DATABASE|SCHEMA|VIEW|TEMP)|INSERT\s+INTO|"
    r"BEGIN(?:\s+TRANSACTION)?;|SET\s+[\w@.]+\s*=|PRAGMA\s+\w)[^\n]*",
    "PC-Axis (PX)": r"(?:CHARSET|AXIS-VERSION|MATRIX)=\"?[^\n]*;",
    "SIE": r"#FLAGGA\s+[01]\b",
    "DXF": r"0\r?\n *SECTION\b",
    "WKT": r"(?:GEOGCS|PROJCS|GEOGCRS|PROJCRS|GEODCRS)\[\"",
    "INI/TOML": r"\[[A-Za-zÅÄÖåäö_][\w .-]*\]\s*\n\s*[\w.-]+\s*=",
    "YAML": r"(?:---\s*\n(?:#[^\n]*\n)*(?:- )?\w[\w -]*:(?:\s|$)"
    r"|- \w[\w-]*: [^\n;,\t]*\n  \w[\w-]*:[ \n])",
    # a report's preamble may say From: and To: of its days
    "EML": r"(?=[^@]{0,400}From: [^\n]*@)(?:[A-Z][\w-]*: [^\n]*\n(?:[ \t][^\n]*\n)*)*"
    r"(?:Subject|MIME-Version|Message-ID|Received): ",
}
_FORMS = {name: re.compile(START + form, re.S) for name, form in FORMS.items()}
MOST = 4096  # letters in which a text says what it is


def named(start: str) -> str | None:
    """The form that a text's beginning is of, None for all else.

    >>> named("BEGIN:VCARD\\nVERSION:3.0\\n"), named("[del]\\nnyckel=1\\n"), named("[1, 2]")
    ('vCard', 'INI/TOML', None)
    >>> named("-- dump\\nINSERT INTO t VALUES (1);"), named("From,To\\nA,B\\n")
    ('SQL', None)
    >>> named("From: a@b.example\\nTo: b@b.example\\nSubject: Hej\\n")
    'EML'
    >>> named("From: 1 May\\nTo: 2 May\\na;b")
    """
    start = start[:MOST].replace("\r\n", "\n")
    return next((name for name, form in _FORMS.items() if form.match(start)), None)
