"""JSON within a script: a call around it (JSONP, ``callback({...});``) or a variable that holds it
(``var data = [...];``). Nothing of the script is run: what stands around the value is cut off.
"""

from __future__ import annotations

import re

NAME = r"[A-Za-z_$][\w.$]*"
SPACE = r"(?:\s|/\*.*?\*/|//[^\n]*\n)*"
CALL = re.compile(rf"{SPACE}(?:typeof {NAME} === 'function' && )?{NAME}\s*\(\s*(?=[\[{{])", re.S)
VARIABLE = re.compile(
    rf"{SPACE}(?:export\s+default\s+|(?:(?:export\s+)?(?:var|let|const)\s+)?{NAME}\s*=\s*)"
    r"(?=[\[{])",
    re.S,
)
ENDS = {CALL: re.compile(r"\s*\)\s*;?\s*\Z"), VARIABLE: re.compile(r"\s*;?\s*\Z")}
COMMENTS = re.compile(rb"\A(?:\s|/\*.*?\*/|//[^\n]*(?:\n|\Z))+", re.S)
BEGINS = 1_000  # letters in which a script's own part ends
TAIL = 100


def begins(text: str) -> bool:
    """True where a text begins as a script around JSON.

    >>> begins('cb({"a": 1});'), begins("var x = [1]"), begins("name(first);age"), begins("a=[b")
    (True, True, False, True)
    """
    return any(form.match(text[:BEGINS]) for form in ENDS)


def without(text: str) -> tuple[str, str]:
    """The JSON of a script, and what stood around it; the text as it is, and nothing, where it is
    no script.

    >>> without('/**/cb([{"a": 1}]);')
    ('[{"a": 1}]', '/**/cb( );')
    """
    for form, end in ENDS.items():
        head = form.match(text[:BEGINS])
        if head is None:
            continue
        tail = end.search(text, max(head.end(), len(text) - TAIL))
        if tail is not None:
            return text[head.end() : tail.start()], f"{head[0]} {tail[0].strip()}"
    return text, ""
