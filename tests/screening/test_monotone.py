"""More personal data in the cells never give the content a milder verdict, wherever they stand and
however few."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from helpers.declared import specifications
from helpers.screening import screen
from helpers.screening.marks import VERDICTS

from .numbers import LOOKALIKES, OF_YEARS, SPELLINGS, TO_REVIEW, person
from .test_accounts import iban
from .test_screen import snapshot

FEW, MANY = 5, 25
OTHERS = OF_YEARS | TO_REVIEW
NAMES = [
    "Anna Andersson",
    "Fatima Eriksson",
    "Bo Ek",
    "Andersson, Lars",
    "Maria Lind Redovisning",
    "Xhevdet Krasniqi",
]


def personal(kind: str, seed: int) -> str:
    """One more person's data of a kind; another for each seed."""
    rng = random.Random(seed)
    if kind in SPELLINGS:
        return SPELLINGS[kind](*person(rng))
    if kind in OTHERS:
        years, write = OTHERS[kind]
        return write(*person(rng, year=rng.choice(years)))
    return {
        "name": rng.choice(NAMES),
        "mail": f"anna.x{seed}@gmail.com",
        "mobile": f"070-174 {6 + seed % 90:02} {seed % 97:02}",
        "home": f"c/o Ek, Storgatan {seed}",
        "ip": f"198.51.{100 + seed % 100}.{seed % 250}",
        "help": "Ersättning familjehem",
        "account": iban(f"500{seed:017}"),
        "card": (one := f"4111 1111 {seed % 10_000:04} 111")
        + luhn.calc_check_digit(one.replace(" ", "")),
        "ill": "Patienten är nu sjukskriven",
        "estate": (nine := f"1{seed % 10}4567{seed % 1000:03}") + luhn.calc_check_digit(nine),
    }[kind]


KINDS = [
    *(*SPELLINGS, *OTHERS, "name", "mail", "mobile", "home", "ip", "help", "estate"),
    *("account", "card", "ill"),
]
ORDINARY = [*LOOKALIKES, "dates with a serial", "words"]
HEADS = [
    "fakturanr",
    "leverantor",
    "leverantor_id",
    "konto_text",
    "telefon",
    "handlaggare",
    "namn",
    "uppgift",
    "personnummer",
]


def ordinary(name: str, rng: random.Random) -> str:
    if name in LOOKALIKES:
        return LOOKALIKES[name](rng)
    return (
        f"202401{rng.randint(1, 31):02}-{rng.randint(0, 9999):04}"
        if name.startswith("dates")
        else rng.choice("abcd") * 6
    )


def content(column: str, texts: list[str]) -> int:
    invoices = specifications.load("leverantorsfakturor")
    with tempfile.TemporaryDirectory() as folder:
        fields = specifications.match([column], invoices)
        found = screen(
            snapshot(Path(folder), **{column: texts}), fields, invoices, type="leverantorsfakturor"
        )
        return VERDICTS.index(found.content)


def never_opens(head: str, usual: str, many: int, kinds: list[str], seed: int) -> None:
    rng = random.Random(seed)
    texts = [ordinary(usual, rng) for _ in range(many)]
    levels = [content(head, texts)] if texts else []
    for n, kind in enumerate(kinds):
        texts.append(personal(kind, seed + n))
        levels.append(content(head, texts))
    assert levels == sorted(levels)


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_one_more_never_opens(examples: int) -> None:
    cases = given(
        head=st.sampled_from(HEADS),
        usual=st.sampled_from(ORDINARY),
        many=st.sampled_from([0, 1, 4, 6, 19, 25, 39, 45]),
        kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=5),
        seed=st.integers(0, 10_000),
    )
    settings(max_examples=examples, deadline=None, derandomize=True)(cases(never_opens))()


def test_a_crowd_of_forty_with_one_more() -> None:
    """The edge that once opened: the right ones counted as crowd too."""
    rng = random.Random(2)
    texts = [LOOKALIKES["invoice number"](rng) for _ in range(200)]
    texts = [text for text in texts if text[2] > "1"][:39]
    one, two = (SPELLINGS["10 digits"](*person(random.Random(n))) for n in (1, 2))
    assert content("uppgift", [*texts[:38], one]) <= content("uppgift", [*texts[:38], one, two])
