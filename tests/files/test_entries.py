"""A catalogue entry's faults: all of all entries at once, in plain words, with line and path, never
a raw value."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.declared import catalogue
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES

ENTRY = "id: a\ntitle: Bad\ntype: annan\norganisation: umea\n"


def entry(tmp_path: Path, more: str, name: str = "a") -> None:
    (tmp_path / f"{name}.yaml").write_text(ENTRY.replace("id: a", f"id: {name}") + more, "utf-8")


def told(folder: Path, language: str = "sv") -> str:
    with pytest.raises(ConfigurationError) as caught:
        catalogue.load(folder)
    assert caught.value.exit_code == 2
    return caught.value.text(language)


FIELDS = [
    ("extra: 1\n", "a.yaml:5:1: extra: Okänt fält"),
    ("owner: {rol: x}\n", "a.yaml:5:9: owner.rol: Okänt fält"),
    ("owner: hej\n", "a.yaml:5:1: owner: Ska vara fält med värden"),
    ("keywords: hej\n", "a.yaml:5:1: keywords: Ska vara en lista"),
    (
        "keywords:\n- a\n- 5\n",
        "a.yaml:7:3: keywords.1: Ska vara text. Skriv värdet inom citattecken",
    ),
    ("stage: begun\n", "a.yaml:5:1: stage: Ska vara ett av: idea, inventoried"),
    ("licence: NO\n", "a.yaml:5:1: licence: Ordet läses som sant eller falskt"),
    (
        "legal:\n  secrecy:\n    answer: no\n",
        "a.yaml:7:5: legal.secrecy.answer: Ordet läses som sant eller falskt",
    ),
    (
        "legal:\n  secrecy:\n    when: 2026-01-01\n",
        "a.yaml:7:5: legal.secrecy.when: Ska vara text. Skriv värdet inom citattecken",
    ),
    ("synthetic: kanske\n", "a.yaml:5:1: synthetic: Ska vara true eller false"),
    ("disclosure: {k: 1}\n", "a.yaml:5:14: disclosure.k: Ska vara minst 2"),
    ("disclosure: {k: 101}\n", "a.yaml:5:14: disclosure.k: Ska vara högst 100"),
    ("disclosure: {k: två}\n", "a.yaml:5:14: disclosure.k: Ska vara ett heltal"),
    (
        "value:\n  internal:\n    level: 6\n",
        "a.yaml:7:5: value.internal.level: Ska vara ett heltal från 0 till 5",
    ),
    ("effort: {level: hög}\n", "a.yaml:5:10: effort.level: Ska vara ett heltal från 0 till 5"),
    ("effort: {level: yes}\n", "a.yaml:5:10: effort.level: Ska vara ett heltal från 0 till 5"),
    ("source: {}\n", "a.yaml:5:1: source.path: Saknas"),
    ("source: {path: 5}\n", "a.yaml:5:10: source.path: Ska vara text"),
    ('source: {path: "a\\0b"}\n', "a.yaml:5:10: source.path: Går inte att använda som sökväg"),
    ("source: {path: ''}\n", "a.yaml:5:10: source.path: Går inte att använda som sökväg"),
    (
        f"source: {{path: {'x' * 5000}}}\n",
        "a.yaml:5:10: source.path: Går inte att använda som sökväg",
    ),
    (
        f"source: {{path: {'x' * 300}}}\n",
        "a.yaml:5:10: source.path: Går inte att använda som sökväg",
    ),
    *(
        (
            f"source: {{path: x.csv, encoding: {one}}}\n",
            "a.yaml:5:23: source.encoding: Är ingen teckenkodning",
        )
        for one in (
            "rot13",
            "hex",
            "base64",
            "zlib",
            "bz2",
            "punycode",
            "undefined",
            "idna",
            "unicode_escape",
            "klingonska",
            '"a\\0b"',
            "''",
        )
    ),
    *(
        (
            f"source: {{path: x.csv, delimiter: {one}}}\n",
            "a.yaml:5:23: source.delimiter: Ska vara ett enda tecken",
        )
        for one in (";;", "''", '"\\n"', '"\\r"', "'\"'", '"\\0"', "x", '"\\\\"')
    ),
    ("source: {path: x.csv, delimiter: 5}\n", "a.yaml:5:23: source.delimiter: Ska vara text"),
    (
        f"source: {{path: x.csv, header_row: 1{'0' * 30}}}\n",
        "a.yaml:5:23: source.header_row: Ska vara",
    ),
    (
        f"source: {{path: x.csv, header_row: 1{'0' * 5000}}}\n",
        "a.yaml:5:35: source.header_row: Är inget heltal, eller ett som är för långt",
    ),
    (
        "source: {path: x.csv, header_row: 301}\n",
        "a.yaml:5:23: source.header_row: Ska vara högst 300",
    ),
    ("source: {path: x.csv, header_row: 0}\n", "a.yaml:5:23: source.header_row: Ska vara minst 1"),
    (
        "source: {path: x.csv, header_row: 1.5}\n",
        "a.yaml:5:23: source.header_row: Ska vara ett heltal",
    ),
    ("source: {path: x.csv, sheet: 5}\n", "a.yaml:5:23: source.sheet: Ska vara text"),
    ("source: {path: x.csv, sheet: [a]}\n", "a.yaml:5:23: source.sheet: Ska vara text"),
    ("source: {path: x.csv, format: {a: 1}}\n", "a.yaml:5:23: source.format: Ska vara text"),
    ("source: {path: x.csv, crs: 3006}\n", "a.yaml:5:23: source.crs: Ska vara text"),
    ("source: {path: x.csv, crs: SWEREF}\n", "a.yaml:5:23: source.crs: Har inte rätt form"),
    ("5: x\n", "Okänt fält"),
]


@pytest.mark.parametrize(
    ("more", "wanted"), FIELDS, ids=[f"{n}-{more[:30]}" for n, (more, _) in enumerate(FIELDS)]
)
def test_a_wrong_field_is_said_in_plain_words_with_its_line(more: str, wanted: str, tmp_path: Path):
    entry(tmp_path, more)
    assert wanted in told(tmp_path)
    assert not any("Input should" in told(tmp_path, language) for language in LANGUAGES)


def test_all_faults_of_all_entries_are_said_at_once(tmp_path: Path):
    entry(tmp_path, "extra: 1\nextra: 2\ndecision: {date: 2024-02-30}\n")
    entry(tmp_path, "stage: begun\n", "b")
    (tmp_path / "c.yaml").write_bytes("title: Sjö".encode("cp1252"))
    (tmp_path / "d.yaml").mkdir()
    said = told(tmp_path)
    for part in (
        "a.yaml:6:1: extra: Står två gånger, första gången på rad 5",
        "a.yaml:7:18: decision.date: Det finns inget sådant datum",
        "extra: Okänt fält",
        "b.yaml:5:1: stage",
        "c.yaml:1: Raden är inte UTF-8",
        "d.yaml:1: Det här är en mapp",
    ):
        assert part in said, said


def test_a_personal_number_in_a_fault_is_hidden(tmp_path: Path):
    entry(tmp_path, "191212121212: x\n'19121212-1212': y\n")
    assert "1212" not in told(tmp_path)


@pytest.mark.parametrize(
    "path", ["fakturor.csv", "Badplatser i Håbo.csv", "a" * 200 + ".csv", "../x.csv"]
)
def test_an_ordinary_path_is_accepted(path: str, tmp_path: Path):
    entry(
        tmp_path, f'source: {{path: {path}, encoding: cp1252, delimiter: "\\t", header_row: 3}}\n'
    )
    assert catalogue.load(tmp_path)[0].source is not None
