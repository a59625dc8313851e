"""What only looks like a person's is left alone: mailboxes of functions, units under a person's
header, firms abroad with the letters of a law."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.declared import files, specifications
from helpers.screening.column import Seen
from helpers.screening.kinds import emails, person_names, protected
from helpers.words.personal import addresses
from helpers.words.personal import name_lists as names

PEOPLE = ("anna.andersson", "konstanty.lind", "karin", "b.lind")


@pytest.mark.parametrize(
    "local",
    "centrum vaxel friluft friluft.norr stadsdel.vast bygglov va hr stadshuset hemtjanst.soder"
    " miljoforvaltningen kulturskolan energi vattenochavlopp trygghetsjouren stadsarkivet"
    " gatorochparker tekniska umea.fritid".split(),
)
@pytest.mark.parametrize("domain", ["kommun.se", "karlskrona.se", "bolaget.example"])
def test_a_function_has_a_mailbox(local: str, domain: str) -> None:
    assert emails.find(f"{local}@{domain}", Seen("t", "epost")) == "function"


@pytest.mark.parametrize("local", PEOPLE)
def test_a_person_has_an_address(local: str) -> None:
    assert emails.find(f"{local}@kommun.se", Seen("t", "epost")) == "service"
    assert emails.find(f"{local}@gmail.com", Seen("t", "epost")) == "private"


def test_a_body_that_is_called_as_its_domain_is_nobody() -> None:
    seen = Seen("t", "epost")
    assert emails.find("friluftsklubben.bro@friluftsklubben-bro.se", seen) == "function"
    assert emails.find("solvik@solvik.se", seen) == "function"
    assert emails.find("solvik@kommun.se", seen) == "unclear"


@given(
    first=st.sampled_from(sorted(names.first_names())), function=st.sampled_from(addresses.STEMS)
)
def test_a_first_name_is_never_taken_for_a_function(first: str, function: str) -> None:
    """Konstanty begins as konst does."""
    seen = Seen("t", "epost")
    if first not in addresses.FUNCTIONS and len(first) > 2:
        assert emails.find(f"{first}.andersson@kommun.se", seen) == "service"
    assert emails.find(f"{function}@kommun.se", seen) == "function"


@pytest.mark.parametrize("header", ["Konstnär", "Ägare", "Handläggare", "Kontaktperson", "Namn"])
@pytest.mark.parametrize(
    "unit", ["Konstenheten, Trafikverket", "Trafikverket, Konstenheten", "Parkenheten, Kommunen"]
)
def test_a_unit_is_nobody(header: str, unit: str) -> None:
    assert person_names.find(unit, Seen("t", header)) is None
    assert person_names.find("Andersson, Anna", Seen("t", header)) == "full"


@pytest.mark.parametrize(
    "text",
    ["Lss Waste Management", "LSS WASTE MANAGEMENT LTD", "HVB Solutions GmbH", "LVM Services Inc"],
)
def test_a_firm_abroad_has_the_letters_of_a_law(text: str) -> None:
    assert protected.find(text, Seen("t", "leverantor")) is None


@pytest.mark.parametrize(
    "text",
    ["HVB Solgården AB", "Lss-boende Ekvik", "LSS Omsorg i Bro AB", "Familjehem Management Ltd"],
)
def test_help_to_a_single_person_is_still_found(text: str) -> None:
    assert protected.find(text, Seen("t", "leverantor")) == "word"


def test_every_exception_belongs_to_an_abbreviation() -> None:
    """A word that can only mean the help has none."""
    reference = files.read(protected.WORDS.path, protected.Reference)
    excepted = [word.pattern for word in reference.words if word.unless]
    assert excepted and all(re.search(r"\\b(?:lss|hvb|lvu|lvm)\\b", one) for one in excepted)


@pytest.mark.parametrize("header", ["Utegym-ID", "lekplats_id", "BadplatsID", "Skol-ID"])
def test_an_id_is_called_after_what_has_it(header: str) -> None:
    places = specifications.load("platsinformation")
    assert specifications.match([header, "namn"], places)["id"] == header


@pytest.mark.parametrize("header", ["Kommun-ID", "Leverantörs-ID", "Lekplats", "idrott"])
def test_another_things_id_is_not_the_rows(header: str) -> None:
    places = specifications.load("platsinformation")
    assert "id" not in specifications.match([header, "gata"], places)


def test_two_ids_are_nobodys_guess() -> None:
    places = specifications.load("platsinformation")
    assert "id" not in specifications.match(["Utegym-ID", "Lekplats-ID"], places)


def test_a_speed_in_another_unit_is_not_missing() -> None:
    measured = specifications.load("bredband", "matningar")
    fields = {name: name for name in ("measured_at", "technology", "download_kbit", "upload_kbit")}
    assert specifications.mandatory(measured, fields, placed=False)[1] == []
    del fields["upload_kbit"]
    assert specifications.mandatory(measured, fields, placed=False)[1] == ["upload_mbit"]
