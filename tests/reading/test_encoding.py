"""Encoding: Swedish letters come in right or the file is refused with the byte; what was mended is
told with its rows."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("letter", "åäöÅÄÖé")
@pytest.mark.parametrize("encoding", KINDS)
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


SWEDISH = [
    "friluftsområde",
    "älgvägen",
    "öppet",
    "Ängsgården",
    "Östra vägen",
    "bad",
    "kafé vid sjön",
]


@pytest.mark.parametrize("wrong", ["cp850", "mac-roman"])
def test_swedish_letters_of_an_old_machine_are_mended_where_a_word_proves_them(
    read: Reader, wrong: str
):
    once = [text.encode(wrong).decode("cp1252", "ignore") for text in SWEDISH]
    right = [text for text in SWEDISH if not {"Å", "Ö"} & set(text)]
    found = read("id;v\n" + "".join(f"a{i};{text}\n" for i, text in enumerate(once)))
    assert set(right) <= {text for (text,) in rows(found, "t1")}
    assert "mojibake" in codes(found)


def test_quotes_and_foreign_letters_are_left(read: Reader):
    texts = ["Kafé „Solen”", "Dušan Šarić", "citat ” här", "5 € per dag", "och så…", "Œuvre"]
    found = read("id;v\n" + "".join(f"a{i};{text}\n" for i, text in enumerate(texts)))
    assert [text for (text,) in rows(found, "t1")] == texts and "mojibake" not in codes(found)


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\u200e"])
def test_characters_that_do_not_show_are_told(read: Reader, sign: str):
    found = read(f"id;epost\na;bad@kommun.se\nb;friluft@{sign}kommun.se\n")
    assert repair(found, "invisible_characters").rows == [3]
