"""Encoding: Swedish letters come in right or the file is refused with the byte; what was mended is
told with its rows."""

from __future__ import annotations

import itertools

import pytest
from tests.sampling import every

from helpers.reading import mojibake
from helpers.words.errors import InputRefused

from .conftest import Reader, codes, repair, rows

KINDS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "latin-1",
    "mac-roman",
    "cp850",
]


@pytest.mark.parametrize(
    ("encoding", "letter"),
    every(4, itertools.product(KINDS, "åäöÅÄÖé"), ids="-".join),
)
def test_a_single_letter_is_enough(read: Reader, encoding: str, letter: str):
    word = f"H{letter}bo" if letter.islower() else f"{letter}lvsby"
    found = read(f"id;namn\n1;{word}\n2;Tierp\n".encode(encoding))
    assert rows(found, "t1") == [(word,), ("Tierp",)]


def test_mojibake_is_mended_and_told(read: Reader):
    found = read("id;läge\n1;HÃ¥bo\n2;Tierp\n3;Ã–regrund\n".encode())
    assert rows(found, "t1") == [("Håbo",), ("Tierp",), ("Öregrund",)]
    assert repair(found, "mojibake").rows == [2, 4]


@pytest.mark.parametrize("wrong", ["cp1252", "mac-roman", "cp437"])
def test_mojibake_of_every_wrong_turn(read: Reader, wrong: str):
    broken = "Håbo är en kommun i Mälardalen".encode().decode(wrong)
    assert rows(read(f"id;läge\n1;{broken}\n2;x\n"), "t1")[0] == ("Håbo är en kommun i Mälardalen",)


def test_mojibake_in_a_header_is_mended(read: Reader):
    found = read("id;lÃ¤ge\n1;Håbo\n2;x\n")
    assert [column.name for column in found.main.columns] == ["id", "läge"]


def test_letters_that_only_look_like_mojibake_are_left(read: Reader):
    found = read("id;namn\n1;SÃO PAULO\n2;Ångström\n3;10 √ 2\n")
    assert rows(found, "t1") == [
        ("SÃO PAULO",),
        ("Ångström",),
        ("10 √ 2",),
    ] and "mojibake" not in codes(found)


def test_lost_letters_are_told(read: Reader):
    assert repair(read("id;namn\n1;H\ufffdbo\n2;x\n"), "replacement_character").rows == [2]


def test_a_file_of_two_encodings_is_read_and_told_with_its_rows(read: Reader):
    lines = [
        f"{i};Håbo är stor\n".encode("cp1252" if i in (3, 7) else "utf-8") for i in range(2, 20)
    ]
    found = read(b"id;namn\n" + b"".join(lines))
    assert {row[0] for row in rows(found, "t1")} == {"Håbo är stor"}
    assert repair(found, "mixed_encoding").rows == [3, 7]


def test_a_byte_order_mark_over_windows_text(read: Reader):
    found = read(b"\xef\xbb\xbf" + "id;namn\n1;Håbo\n".encode("cp1252"))
    assert rows(found, "t1") == [("Håbo",)] and found.main.columns[0].name == "id"


def test_another_alphabet_is_refused_with_the_byte(read: Reader):
    with pytest.raises(InputRefused) as refused:
        read("id;namn\n1;Αθήνα και Πειραιάς\n".encode("iso-8859-7"))
    assert "byte 10" in refused.value.text("sv") and "byte 10" in refused.value.text("en")


def test_a_declared_encoding_that_does_not_hold_is_refused_with_the_byte(read: Reader):
    with pytest.raises(InputRefused) as refused:
        read("id;namn\n1;Håbo\n".encode("cp1252"), hints={"encoding": "utf-8"})
    assert refused.value.key == "reading.undecodable" and refused.value.values["byte"] == 11


def test_a_byte_far_into_the_file_is_named(read: Reader):
    data = b"id;namn\n" + b"1;Tierp\n" * 900_000
    with pytest.raises(InputRefused) as refused:
        read(data + b"2;\x81\n" + b"3;x\n", hints={"encoding": "utf-8"})
    assert refused.value.values["byte"] == len(data) + 2


def test_letters_of_dos_that_were_taken_for_those_of_windows_are_mended(read: Reader):
    found = read(
        "id;plats\n1;„lgv„gen\n2;friluftsomr†de\n3;”ppet l”rdag\n4;Åre ”Torget” i dag\n5;Malmö\n"
    )
    assert [row[0] for row in rows(found, "t1")] == [
        "älgvägen",
        "friluftsområde",
        "öppet lördag",
        "Åre ”Torget” i dag",
        "Malmö",
    ]
    assert repair(found, "mojibake").rows == [2, 3, 4]


def test_letters_of_an_old_mac_that_were_taken_for_those_of_windows_are_mended(read: Reader):
    found = read("id;plats\n1;friluftsomrŒde\n2;vŠgen, šppet lšrdag\n3;Nikšić i Šibenik\n")
    assert [row[0] for row in rows(found, "t1")] == [
        "friluftsområde",
        "vägen, öppet lördag",
        "Nikšić i Šibenik",
    ]


def test_a_dagger_alone_is_an_å_where_no_blank_can_have_stood(read: Reader):
    assert rows(read("id;plats\n1;friluftsomr†de\n2;Malmö\n"), "t1")[0] == ("friluftsområde",)
    found = read("id;plats\n1;Council†tax\n2;Malmö\n")
    assert "mojibake" not in codes(found) and repair(found, "suspect_blanks").rows == [2]


@pytest.mark.parametrize("text", ["Han sade ”hej” igen", "sade”hej” igen", "„Guten Tag“", "5† x"])
def test_quotes_are_no_letters(read: Reader, text: str):
    assert rows(read(f"id;text\n1;{text}\n"), "t1") == [(text,)]


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\ufeff"])
@pytest.mark.parametrize("name", ["x.csv", "x.json"])
def test_a_sign_that_is_not_seen_is_told_with_its_column(read: Reader, sign: str, name: str):
    mail = f"friluft@{sign}kommun.se"
    text = f"id;epost\n1;{mail}\n2;a@b.se\n"
    if name == "x.json":
        text = f'[{{"id": 1, "epost": "{mail}"}}, {{"id": 2, "epost": "a@b.se"}}]'
    told = repair(read(text, name), "unseen_signs")
    assert told.column == "epost" and told.count == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id;pris;ort\n1;5 €;Håbo\n", "iso-8859-15"),
        ("id;pris;ort\n1;5 €;Håbo\n", "windows-1252"),
        ("id;pris;ort\n1;5 m³ – ½;Håbo\n", "windows-1252"),
        ("id;ort\n1;Wrocław\n2;Łódź\n3;Gdańsk\n4;Święta\n5;Zażółć\n", "windows-1250"),
    ],
)
def test_neighbours_of_windows_1252_are_told_from_it(read: Reader, text: str, encoding: str):
    found = read(text.encode(encoding))
    assert found.encoding == encoding
    assert rows(found, "t1")[0] == (text.splitlines()[1].split(";")[1],)


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_mark_of_two_bytes_over_utf_8_lies(read: Reader, mark: bytes):
    found = read(mark + "id;namn\n1;Håbo\n2;Åre\n".encode())
    assert rows(found, "t0, t1") == [("1", "Håbo"), ("2", "Åre")] and "bom" in codes(found)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'shape': (2,)}\n" + b"?1234567" * 4, "format"),
        (b"id;namn\n" + b"\x01\x02\x03\x1c\x1d" * 9, "binary"),
    ],
)
def test_what_is_no_text_is_refused(read: Reader, data: bytes, key: str):
    with pytest.raises(InputRefused) as refused:
        read(data)
    assert refused.value.key == f"reading.{key}"


def test_the_texts_of_a_map_are_mended_and_told_too(read: Reader):
    place = '"geometry": {"type": "Point", "coordinates": [15.5, 56.1]}'
    feature = (
        f'{{"type": "Feature", "properties": {{"n": "RÃ¥dhus", "e": "a@\u200bb.se"}}, {place}}}'
    )
    found = read(f'{{"type": "FeatureCollection", "features": [{feature}]}}', "x.geojson")
    assert rows(found, "t0, round(lon, 1)") == [("Rådhus", 15.5)]
    assert repair(found, "unseen_signs").column == "e" and repair(found, "mojibake").count == 1


LOOKED_FOR = [*mojibake.SUSPECT.split("|"), *"†„”ŒŠ", mojibake.LOST, *mojibake.UNSEEN]


@pytest.mark.parametrize("letter", LOOKED_FOR)
def test_bytes_tell_of_each_letter_that_is_looked_for(letter: str):
    assert mojibake.may_be(f"Åre {letter} ö".encode())
    assert not mojibake.may_be("Åre, ÄÖ åäö éÉüÜ".encode())


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Œrsta", "årsta"), ("norr om Œn", "norr om ån"), ("sk„å", "skäå"), ("å„bo", "åäbo")],
)
def test_letters_of_a_word_without_neighbours_in_ascii_are_mended(
    read: Reader, written: str, meant: str
):
    lines = [f"Badet {number};Ekvik" for number in range(20)]
    found = read("\n".join(["namn;ort", *lines, f"{written};Bro", ""]).encode())
    assert rows(found, "t0")[-1] == (meant,)
    assert repair(found, "mojibake").rows == [22]
