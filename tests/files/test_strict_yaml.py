"""YAML is read in one way: every fault by file, line and column, all at once; nothing unfolds,
nothing is guessed."""

from __future__ import annotations

import datetime as dt
import os
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.scoring import weights
from helpers.words.errors import ConfigurationError
from helpers.words.faults import FATAL
from helpers.words.files import strict_yaml
from helpers.words.messages import texts

BOMB = "\n".join(
    [
        "a0: &a0 [x, x, x, x, x, x, x, x, x]",
        *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)),
    ]
)

FAULTS = [
    ("a: 1\nb: 2\na: 3\n", [("duplicate", 3)]),
    ("a: {b: 1, b: 2}\nc:\n- d: 1\n  d: 2\n", [("duplicate", 1), ("duplicate", 4)]),
    ("a: 1\n'a': 2\n", [("duplicate", 2)]),
    ("1: a\n01: b\n0x1: c\n", [("duplicate", 2), ("duplicate", 3)]),
    (BOMB, [("many", 1)]),
    ("a: &a [*a]\n", [("many", 1)]),
    ("a: &a {b: *a}\n", [("many", 1)]),
    ("[" * 20_000, [("deep", 1)]),
    ("{a: " * 20_000, [("deep", 1)]),
    ("- " * 20_000 + "x", [("deep", 1)]),
    ("".join(f"{' ' * i}a:\n" for i in range(200)), [("deep", 1)]),
    ("a: " + "9" * 5_000, [("int", 1)]),
    ("a: 0x" + "f" * 5_000, [("int", 1)]),
    (
        "a: 2024-02-30\nb: 2024-13-01\nc: 2023-02-29\n",
        [("timestamp", 1), ("timestamp", 2), ("timestamp", 3)],
    ),
    ("a: .nan\nb: -.inf\nc: 1.0e+999\n", [("float", 1), ("float", 2), ("float", 3)]),
    ("a: !!python/object/apply:os.system [ls]\n", [("tag", 1)]),
    (
        "a: !!python/name:os.system\nb: !eget x\nc: !!set {x}\nd: !!binary aGVq\n",
        [("tag", line) for line in range(1, 5)],
    ),
    (
        "a: !!int x\nb: !!bool x\nc: !!timestamp x\nd: !!float x\ne: !!str [x]\n",
        [("int", 1), ("tag", 2), ("timestamp", 3), ("float", 4), ("tag", 5)],
    ),
    ("a: {b: 1}\nc:\n  <<: {b: 2}\n", [("tag", 3)]),
    ("a: 1\n---\nb: 2\n", [("documents", 2)]),
    ("a:\n\tb: 1\n", [("tab", 2)]),
    ("a: 1\nb: \x01\n", [("character", 2)]),
    ("a: 1\nb: x\0y\n", [("character", 2)]),
    ("a: \ud800\n", [("character", 1)]),
    ('a: "\\ud800"\n', [("syntax", 1)]),
    ("a: *b\n", [("alias", 1)]),
    ("a: [1\nb: 2\n", [("syntax", 2)]),
    ("NO: Norge\nSE: Sverige\n", [("bool_key", 1)]),
    ("~: 1\n? [a]\n: 2\n? {b: 1}\n: 2\n", [("key", 1), ("key", 2), ("key", 4)]),
    ("a: 1\n  b: 2\n", [("syntax", 2)]),
    ("a: @x\n", [("syntax", 1)]),
]


def said(file: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        strict_yaml.mapping(file)
    assert caught.value.exit_code == 2 and file.name in caught.value.text("en")
    return caught.value.text("sv")


@pytest.mark.parametrize(
    ("text", "wanted"), FAULTS, ids=[f"{kinds[0][0]}-{n}" for n, (_, kinds) in enumerate(FAULTS)]
)
def test_every_fault_has_its_kind_and_its_line(text: str, wanted: list[tuple[str, int]]):
    document = strict_yaml.parsed(text, "x.yaml")
    assert [(one.kind, one.line) for one in document.faults] == wanted
    assert document.faults[0].fatal == (document.value is None)


def test_every_kind_of_fault_has_its_words():
    named = {
        key.removeprefix("files.fault.") for key in texts("sv") if key.startswith("files.fault.")
    }
    assert named >= FATAL | {kind for _, wanted in FAULTS for kind, _ in wanted} | {
        "empty",
        "no_mapping",
    }


def test_what_yaml_says_is_what_it_always_said():
    text = (
        "a: yes\nb: 'no'\nc: 2026-11-28\nd: 1_000\ne: 0114\nf: '0114'\ng: 1.5\nh:\ni: &x [1]\nj:"
        " *x\nk: 12:30\nl: 2026-11-28 12:00:00\n1: tal\n2026-01-01: dag\n"
    )
    assert (
        strict_yaml.parsed(text, "x").sound()
        == yaml.safe_load(text)
        == {
            "a": True,
            "b": "no",
            "c": dt.date(2026, 11, 28),
            "d": 1000,
            "e": 76,
            "f": "0114",
            "g": 1.5,
            "h": None,
            "i": [1],
            "j": [1],
            "k": 750,
            "l": dt.datetime(2026, 11, 28, 12),
            1: "tal",
            dt.date(2026, 1, 1): "dag",
        }
    )


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        SCALARS,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.from_regex(r"[a-z]{3,9}x\Z"), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_what_another_writer_wrote_is_read_as_that_writer_reads_it(value: object):
    text = yaml.safe_dump(value, allow_unicode=True)
    assert strict_yaml.parsed(text, "x").sound() == yaml.safe_load(text)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab:-?#&*!|>'\"%@`{}[],~\n\t \0\ud800å\ufeff<=1"), max_size=60))
def test_no_text_is_more_than_a_fault(text: str):
    document = strict_yaml.parsed(text, "x")
    assert all(one.line >= 1 and one.said("sv") and one.said("en") for one in document.faults)


def test_a_bomb_takes_no_memory(tmp_path: Path):
    file = tmp_path / "weights.yaml"
    file.write_text(
        f"organisation: a\nby: b\ndate: 2026-01-01\nbecause: c\nweights:\n  x: 1\n{BOMB}\n", "utf-8"
    )
    tracemalloc.start()
    with pytest.raises(ConfigurationError):
        weights.load(file)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100_000_000


TEXT = "id: a\ntitle: Sjö\n"
ENCODED = {
    "utf-8": (TEXT.encode(), None),
    "utf-8 with a mark": (TEXT.encode("utf-8-sig"), None),
    "crlf": (TEXT.replace("\n", "\r\n").encode(), None),
    "windows-1252": (
        TEXT.encode("cp1252"),
        "a.yaml:2: Raden är inte UTF-8. Spara om filen som UTF-8",
    ),
    "a mark over windows-1252": (
        b"\xef\xbb\xbf" + TEXT.encode("cp1252"),
        "a.yaml:2: Raden är inte UTF-8",
    ),
    "utf-16": (TEXT.encode("utf-16"), "sparad som UTF-16"),
    "utf-16-be": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "sparad som UTF-16"),
    "utf-32": (TEXT.encode("utf-32"), "sparad som UTF-32"),
    "utf-16 without a mark": (TEXT.encode("utf-16-le"), "a.yaml:1: Det här är ingen text"),
    "nul": (b"id: a\ntitle: a\0b\n", "a.yaml:2: Det här är ingen text"),
    "binary": (bytes(range(256)) * 4, "a.yaml:1: Det här är ingen text"),
    "empty": (b"", "a.yaml:1: Filen är tom"),
    "a mark alone": (b"\xef\xbb\xbf", "a.yaml:1: Filen är tom"),
    "comments": (b"# nothing\n", "a.yaml:1: Filen är tom"),
    "a list": (b"- a\n- b\n", "a.yaml:1: Filen ska bestå av fält"),
    "a word": (b"a", "a.yaml:1: Filen ska bestå av fält"),
    "large": (b"# " + b"x" * strict_yaml.LARGEST, "a.yaml:1: Filen är större än 5 MB"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_an_encoding_is_read_or_refused_by_name(name: str, tmp_path: Path):
    data, refused = ENCODED[name]
    file = tmp_path / "a.yaml"
    file.write_bytes(data)
    if refused is None:
        assert strict_yaml.mapping(file) == {"id": "a", "title": "Sjö"}
    else:
        assert refused in said(file)


def test_what_is_no_file_is_said(tmp_path: Path):
    (tmp_path / "mapp.yaml").mkdir()
    assert "mapp.yaml:1: Det här är en mapp" in said(tmp_path / "mapp.yaml")
    assert "borta.yaml:1: Filen finns inte" in said(tmp_path / "borta.yaml")
    if hasattr(os, "mkfifo"):
        (tmp_path / "lank.yaml").symlink_to(tmp_path / "ingenstans.yaml")
        assert "lank.yaml:1: Länken pekar på en fil som inte finns" in said(tmp_path / "lank.yaml")
        os.mkfifo(tmp_path / "ror.yaml")
        assert "ror.yaml" in said(tmp_path / "ror.yaml")
