"""``python -m tests.laws.errors_page`` writes docs/errors.md anew: what every error says, what to do
next, and its exit code, from the texts and from where the code raises them."""

from __future__ import annotations

import ast
from collections import defaultdict

from helpers.words import messages, paths

PAGE = paths.CHECKOUT / "docs" / "errors.md"
SOURCE = paths.CHECKOUT / "src" / "helpers"
WRITING = "2"  # whatever stops a file from being written
CODES = {
    "Stopped": "1",
    "ConfigurationError": "2",
    "InputRefused": "3",
    "ComputationFailed": "4",
    "Busy": "5",
}
HEAD = """# Errors and exit codes

Every error says in two sentences what, where, what was expected and found, and what to do next;
`DATAKOLLEN_DEBUG=1` shows the traceback as well. Generated from the texts: `python -m tests.laws.errors_page`.

| exit code | meaning |
| --- | --- |
| 0 | done; findings are no error |
| 1 | only with `--fail-on critical`: there is a critical finding; only with `--reproduce`: something else came out; `publish`: the gate stops the dataset; `watch`: something is wrong with what is published |
| 2 | wrong usage or configuration: a command, an option, an entry, a suite, a setting |
| 3 | an input that cannot be read whole and truthfully |
| 4 | something could not be computed: out of its bounds, broken, or a fault of ours |
| 5 | another run is writing the same report |
| 130, 143 | told to stop: by Ctrl-C, by the system |

`–`: by what the system says, or as the command that raises it has it.

A file that fails never stops the others: the report names it, and the exit code is the gravest, 4 before 3.

`datakollen status` ends with the code of the last run; 4 where that run died or the next one is late, 2 where none is known.
`datakollen watch` ends with 4 where not one address could be reached: then nothing is known, and nothing is called wrong.
"""


def raised() -> dict[str, set[str]]:
    """Exit codes by the key of a text, as far as the code names the key where it raises."""
    codes: dict[str, set[str]] = defaultdict(set)
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, key = getattr(node.func, "id", ""), node.args[0]
            if name in CODES and isinstance(key, ast.Constant):
                codes[key.value].add(CODES[name])
    return codes


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def page() -> str:
    """The page: a table for each part of the texts, Swedish and English."""
    swedish, english, codes = messages.texts("sv"), messages.texts("en"), raised()
    parts: dict[str, list[str]] = defaultdict(list)
    for key in sorted(key.removesuffix(".next") for key in swedish if key.endswith(".next")):
        said = (_cell(f"{texts[key]} {texts[f'{key}.next']}") for texts in (swedish, english))
        part = key.partition(".")[0]
        code = " or ".join(sorted(codes.get(key, {WRITING} if part == "files" else ()))) or "–"
        parts[part].append(f"| `{key}` | {code} | {' | '.join(said)} |")
    lines = [HEAD]
    for part, rows in sorted(parts.items()):
        lines += [
            f"## {part}",
            "",
            "| key | exit | Swedish | English |",
            "| --- | --- | --- | --- |",
        ]
        lines += [*rows, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
