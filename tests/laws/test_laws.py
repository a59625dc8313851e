"""The laws of the house that imports cannot say, held by tests: libraries, texts, generated pages."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from helpers.words import messages, paths

from . import errors_page

SOURCE = Path(paths.__file__).parents[1]
MODULES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN = {
    "scoring/scoring.py": {
        "duckdb",
        "pandas",
        "helpers.reading",
        "helpers.reading.databases",
        "helpers.profiling",
    },
    "scoring/ranking.py": {
        "duckdb",
        "pandas",
        "helpers.checking",
        "helpers.reading",
        "helpers.declared.catalogue",
    },
}
Law = Callable[[Path], None]
POSIX = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "readline"}


@cache
def parsed(file: Path) -> ast.Module:
    """A module of ours: parsing them takes longer than all the laws."""
    return ast.parse(file.read_text("utf-8"))


@pytest.fixture(scope="module", autouse=True)
def parsed_once() -> Iterator[None]:
    yield
    parsed.cache_clear()


def of_each_module(law: Law) -> Callable[[], None]:
    """One test of what holds for each module, which names all that break it."""

    def test() -> None:
        broken = {}
        for file in MODULES:
            try:
                law(file)
            except AssertionError as error:
                broken[file.relative_to(SOURCE).as_posix()] = str(error)
        assert not broken

    test.__doc__ = law.__doc__
    return test


def imported(file: Path, *, top: bool) -> set[str]:
    tree = parsed(file)
    found: set[str] = set()
    for node in tree.body if top else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def reaches(names: set[str], forbidden: set[str]) -> set[str]:
    return {
        name for name in names for one in forbidden if name == one or name.startswith(one + ".")
    }


@pytest.mark.parametrize("name", FORBIDDEN)
def test_scoring_sees_no_data_and_ranking_no_findings(name: str):
    assert not reaches(imported(SOURCE / name, top=False), FORBIDDEN[name])


@pytest.mark.parametrize(
    "file", sorted((SOURCE / "reporting").glob("*.py")), ids=lambda file: file.name
)
def test_reporting_computes_nothing(file: Path):
    assert not reaches(
        imported(file, top=False),
        {"duckdb", "helpers.checking.engine", "helpers.reading.databases", "pandas"},
    )


@of_each_module
def test_every_module(file: Path):
    heavy = "great_expectations"
    if file.parent.name != "checking":
        assert not reaches(imported(file, top=False), {heavy})
    assert not reaches(imported(file, top=True), {heavy} | POSIX)
    assert len(file.read_text("utf-8").splitlines()) <= 400
    assert file.stem not in {"utils", "util", "common", "misc", "helpers"}
    assert ast.get_docstring(parsed(file)), "a module's first sentence says what it is"


@of_each_module
def test_yaml_is_read_in_one_place(file: Path):
    """Others may write YAML and know its nodes; only the strict loader makes anything of a text."""
    tree = parsed(file)
    used = {
        one.attr
        for one in ast.walk(tree)
        if isinstance(one, ast.Attribute)
        and isinstance(one.value, ast.Name)
        and one.value.id == "yaml"
    }
    used |= {
        alias.name
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom) and one.module == "yaml"
        for alias in one.names
    }
    reading = {
        name
        for name in used
        if name.endswith("Loader") or re.search("load|compose|parse|scan", name)
    }
    assert not reading or file == SOURCE / "words" / "files" / "strict_yaml.py"


def test_results_that_are_kept_are_opened_without_an_engine():
    """Whoever opens what was computed last night waits for no library that computes."""
    loaded = "import sys, helpers.running.region, helpers.profiling.profile; print(*sys.modules)"
    names = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"duckdb", "numpy", "pandas", "pyarrow", "geopandas", "shapely"} & set(names)


GRAPHS = {"rdflib", "pyshacl"}


@pytest.mark.parametrize("sample", ["karlskrona-badplatser.csv", "karlshamn-lekplatser.xlsx"])
def test_a_file_is_checked_without_what_takes_longer_to_import(sample: str, root: Path):
    """Positions, a workbook, a known type: somebody waits for the answer."""
    loaded = (
        "import sys; from pathlib import Path; from helpers.running import single;"
        f"print(single.check_file(Path({str(root / 'data' / 'samples' / sample)!r}))[0]['counted']);"
        "print(*sys.modules)"
    )
    counted, names = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert counted == "once"
    heavy = {"great_expectations", "pandas", "geopandas", "sqlalchemy", "scipy", "matplotlib"}
    assert not (heavy | GRAPHS) & set(names.split())


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["publish", "--help"]])
def test_graphs_are_imported_by_who_writes_or_reads_one(arguments: list[str], tmp_path: Path):
    code = (
        "import sys\nfrom helpers.running.commands import app\n"
        f"try: app({arguments!r})\nexcept SystemExit: pass\nprint('|', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path)},
    )
    assert not GRAPHS & set(done.stdout.rpartition("|")[2].split())


def test_both_languages_have_the_same_keys_and_placeholders():
    swedish, english = messages.texts("sv"), messages.texts("en")
    assert set(swedish) == set(english)
    for key, said in swedish.items():
        assert said.strip() and english[key].strip(), key
        holes = [sorted(re.findall(r"{(\w+)", text)) for text in (said, english[key])]
        assert holes[0] == holes[1], key


# Texts whose count is never one: others are meant where it is, or it is what is too many.
MORE_THAN_ONE = re.compile(
    r"\.many$|across\.(?:listed|numbers|names)|maps\.page\.|reading\.(?:zip_several|feeds_several"
    r"|folder_(?:several|delivery|feeds)|several)|terminal\.tables|robustness\.|scoring\.some|mobility\.table"
)
NOUNS = {
    "sv": r"rader|kolumner|celler|tabeller|filer|regler|poster|platser|hållplatser|nollor|rutor"
    r"|turer|resor|timmar|frågor|brister|grupper|områden|blad|lager|fynd|brott|dagar|är",
    "en": r"(?!is\b|was\b|has\b|this\b|less\b)[a-z]{3,}s|are|were|have",
}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_count_of_one_has_its_own_words(language: str):
    texts = messages.texts(language)
    noun = re.compile(rf"{{count}} (?:[a-zåäö]+ )?(?:{NOUNS[language]})\b")
    lacking = {
        key
        for key, said in texts.items()
        if noun.search(said) and f"{key}.one" not in texts and not MORE_THAN_ONE.search(key)
    }
    assert not lacking


def test_the_rule_table_is_fresh(root: Path):
    from helpers.checking import suites

    written = (root / "quality_suites" / "README.md").read_text("utf-8")
    assert written == suites.readme(), "stale: python -m helpers.checking.suites"


def test_the_page_of_errors_is_fresh():
    assert errors_page.PAGE.read_text("utf-8") == errors_page.page(), (
        "stale: python -m tests.laws.errors_page"
    )


# Others declare a ``Setting`` (helpers.words.files.ours), so that a kept result knows what it rests on.
ENVIRONMENT = {"words/paths.py", "words/guarding.py", "words/files/ours.py"}
# tells Great Expectations to send nothing anywhere; hands the folder of own types to child processes
SETS = ("checking/engine.py", "declared/own.py")


@of_each_module
def test_the_environment_is_read_by_running_and_by_settings(file: Path):
    place = file.relative_to(SOURCE).as_posix()
    if place in ENVIRONMENT or place.startswith("running/"):
        return
    used = {
        node.attr
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id == "os"
    }
    assert not used & {"environ", "getenv"} or place in SETS


# what asks an address, and what sends a notice to the addresses that somebody has given
NETWORK = ("running/watching/fetching.py", "running/nights/notices.py")
REACHES = {
    *("urllib.request", "urllib.error", "http.client", "http.cookiejar", "ftplib", "smtplib"),
    *("requests", "httpx", "aiohttp", "urllib3", "apprise", "websocket", "telnetlib", "xmlrpc"),
}


@of_each_module
def test_the_network_is_reached_from_two_places(file: Path):
    """Somebody's data are on this machine: nothing else here may ask or tell anybody anything."""
    used = set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            used |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    found = {name for name in used if name in REACHES or name.partition(".")[0] in REACHES}
    assert not found or file.relative_to(SOURCE).as_posix() in NETWORK, found


@of_each_module
def test_an_import_inside_a_function_says_what_it_saves(file: Path):
    """``# 0.7 s`` of start-up, or who alone needs it: else it stands at the top of the file."""
    lines, tree = file.read_text("utf-8").splitlines(), parsed(file)
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                above = lines[node.lineno - 2].strip()
                assert "#" in lines[node.lineno - 1] or above.startswith("#"), node.lineno


PRINTS = "words/printing.py"


def _printing(tree: ast.AST) -> set[str]:
    """What a module uses that reaches a terminal past the one place that guards it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            module = getattr(node, "module", "") or ""
            found |= {name for name in [module, *names] if name.partition(".")[0] == "rich"}
        elif isinstance(node, ast.Name) and node.id in {"print", "Console"}:
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            last, before = node.attr, node.value
            if last in {"echo", "secho", "print_exc", "print_exception", "showwarning"}:
                found.add(last)
            stream = isinstance(before, ast.Attribute) and before.attr.strip("_") in {
                "stdout",
                "stderr",
            }
            if stream and last in {"write", "writelines", "buffer"}:
                found.add(f"{ast.unparse(before)}.{last}")
    return found


@of_each_module
def test_all_that_is_printed_is_printed_in_one_place(file: Path):
    if file.relative_to(SOURCE).as_posix() != PRINTS:
        assert not _printing(parsed(file))


@pytest.mark.parametrize(
    "program",
    [
        "print(1)",
        "from rich.table import Table",
        "import rich.console as c",
        "Console()",
        "import sys; sys.stdout.write('x')",
        "sys.stderr.buffer.write(b'x')",
        "typer.echo('x')",
        "say = print",
        "traceback.print_exception(error)",
    ],
)
def test_what_prints_past_it_is_seen(program: str):
    assert _printing(ast.parse(program))


TABLES = "words/files/spreadsheets.py"


@of_each_module
def test_tables_for_a_spreadsheet_are_written_in_one_place(file: Path):
    """``mask`` alone writes CSV otherwise, by DuckDB: docs/decisions/0017."""
    writers = {
        ast.unparse(node.func) for node in ast.walk(parsed(file)) if isinstance(node, ast.Call)
    }
    if file.relative_to(SOURCE).as_posix() != TABLES:
        assert not {
            name
            for name in writers
            if re.search(r"csv\.(writer|DictWriter)$|\.(to_csv|to_excel)$|\bsheet\.append$", name)
        }


LONGEST = 40  # lines of a function's body, without its signature and docstring


@of_each_module
def test_a_function_fits_on_a_screen(file: Path):
    for function in (node for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef)):
        body = function.body[bool(ast.get_docstring(function)) :]
        length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        assert length <= LONGEST, f"{function.name}: {length}"
