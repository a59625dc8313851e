"""The Swedish holds to what docs/language.md says, as far as a machine can tell: each rule has its
reason, a sentence that breaks it and the one that we write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.laws.test_one_language import PARTS, declared

from helpers.words import messages

CODE = re.compile(r"```.*?```|`[^`]*`|\[\[.*?\]\]|https?://\S+|^ {4}.*$", re.DOTALL | re.MULTILINE)
LONGEST = 30  # words in a sentence: Språkrådet's advice is 15 to 20 on average


@dataclass(frozen=True)
class Rule:
    """What is not written (a pattern), why, a sentence that has it and the one that has it not."""

    pattern: str
    because: str
    wrong: str
    right: str

    def broken(self, said: str) -> str | None:
        """The place in the text, or None."""
        found = re.search(self.pattern, said, re.IGNORECASE)
        return said[max(0, found.start() - 30) : found.end() + 30] if found else None


OFFICIALESE = [
    Rule(
        r"\b(avseende|beträffande|angående|rörande|vad gäller)\b",
        "a preposition will do: om, för, i",
        "Uppgifter avseende leverantörer",
        "Uppgifter om leverantörer",
    ),
    Rule(
        r"\bavser\b|\bavse\b",
        "gälla is what people say",
        "Stöd enligt LSS avser enskilda.",
        "Stöd enligt LSS gäller enskilda.",
    ),
    Rule(
        r"\berforderlig",
        "som behövs",
        "Fyll i erforderliga uppgifter.",
        "Fyll i uppgifterna som behövs.",
    ),
    Rule(
        r"\b(i syfte att|medelst|i enlighet med|med anledning av)\b",
        "för att, med, enligt, på grund av",
        "Maskera i syfte att skydda.",
        "Maskera för att skydda.",
    ),
    Rule(
        r"\b(föreligg|erhåll|inneha[rf]?\b|tillhandahåll|föranled|nyttja|härrör|påvisa)",
        "finns, får, har, ger, leder till, använder, kommer från, visar",
        "Hinder föreligger.",
        "Det finns hinder.",
    ),
    Rule(
        r"\b(vidta|vidtag\w*|tillse|ombesörj\w*|undanröj\w*|uppdra\w* åt)\b",
        "göra, se till, lösa, ge i uppdrag",
        "Vänta tills hindren är undanröjda.",
        "Vänta tills hindren är lösta.",
    ),
    Rule(
        r"\b(huruvida|ej|emedan|enär|härvid|härmed|därvid|tillika|vederbörande)\b",
        "om, inte, eftersom, då, också, den som",
        "Ange huruvida filen finns.",
        "Ange om filen finns.",
    ),
    Rule(
        r"\b(t\.?\s?ex|dvs|d\.v\.s|osv|o\.s\.v|bl\.\s?a|m\.m|etc|resp|pga|fr\.o\.m|t\.o\.m)\b",
        "a screen reader reads the words, not the abbreviation",
        "Ange formatet, t.ex. CSV.",
        "Ange formatet, till exempel CSV.",
    ),
]
CALQUES = [
    Rule(r"\bbaser\w+ på\b", "based on", "Svaret är baserat på filen.", "Svaret bygger på filen."),
    Rule(
        r"\ben gång för alla\b",
        "once for all: says for ever, and meant together",
        "Besvara frågorna en gång för alla.",
        "Besvara frågorna tillsammans.",
    ),
    Rule(
        r"\b(i termer av|spendera\w*|per automatik|implementera\w*|i slutändan|relaterad\w* till)\b",
        "in terms of, spend, automatically, implement, in the end, related to",
        "Kostnaden i termer av timmar",
        "Kostnaden i timmar",
    ),
    Rule(
        r"\badressera(s|r|t|de)? (problem|brist|fel|fråg)",
        "address a problem",
        "Adressera bristerna i filen.",
        "Rätta bristerna i filen.",
    ),
    Rule(r"\bpå \w+ basis\b", "on a daily basis", "Körs på daglig basis.", "Körs varje dag."),
    Rule(
        r"\bväntades\b|\bfann\b",
        "was expected, found",
        "En enda fil väntades.",
        "Det ska bara vara en fil.",
    ),
    Rule(
        r"\b(okänt )?är inte (nej|detsamma som nej)\b",
        "unknown is not no",
        "Okänt är inte nej.",
        "Okänt betyder inte nej.",
    ),
    Rule(
        r"\bgissa\w* av\b",
        "guessed from: av names who does it",
        "Organisationen är gissad av filens namn.",
        "Organisationen är gissad utifrån filens namn.",
    ),
    Rule(
        r"\btar (inte det|inget) värde",
        "takes no value",
        "Valet tar inget värde.",
        "Valet ska inte ha något värde.",
    ),
    Rule(
        r"\bGTFS vill\b|\bdog\b|\blämna huset\b",
        "wants, died, leave the house: of a format, a run, a file",
        "Körningen dog.",
        "Körningen bröts.",
    ),
    Rule(
        r"\bstår med \S+ olika\b",
        "stands with",
        "Ett namn står med två olika nummer.",
        "Ett namn har två olika nummer.",
    ),
    Rule(
        r"(?<![\w/.])[Aa]nnat (går inte|visas inte|gissas|förstår)",
        "anything else: a sentence names its subject",
        "Annat går inte att tolka.",
        "Andra värden går inte att tolka.",
    ),
    Rule(
        r"\bgår (inte )?att svara på (om|när|i|med|för)\b",
        "reads as answering whether",
        "Det går att svara på om kolumnen läggs till.",
        "Frågan går att besvara om kolumnen läggs till.",
    ),
    Rule(
        r"\bhöjer aldrig någon\b|\bi miljön\b",
        "raises anyone, in the environment",
        "Sätt gränsen i miljön.",
        "Sätt gränsen med en miljövariabel.",
    ),
]
# one thing, one name: docs/glossary.md
TERMS = [
    Rule(
        r"\b(inga|utan|varken|med) lägen?\b(?! (för|i insatsen))|(?<!hållplats)\blägena?\b",
        "where a thing lies is its position; läge is how far a candidate has come",
        "Filen har inga lägen.",
        "Filen har inga positioner.",
    ),
    Rule(
        r"\b(blanktecken|blanksteg)",
        "mellanslag",
        "Ta bort blanktecknen och blanksteg.",
        "Ta bort mellanslagen.",
    ),
    Rule(
        r"\bskiljetecknet\b|\b(annat|lika många) skiljetecken\b",
        "what parts cells is avgränsare; skiljetecken are points and commas in a text",
        "Välj ett annat skiljetecken.",
        "Välj en annan avgränsare.",
    ),
    Rule(
        r"\bkalkylblad|\bflik(en|ar)?\b",
        "the file is a kalkylark, its parts are blad",
        "Fyll i kalkylbladet.",
        "Fyll i kalkylarket.",
    ),
    Rule(
        r"\bnäringsidkare\b",
        "enskild firma",
        "Enskilda näringsidkare räknas ihop.",
        "Enskilda firmor räknas ihop.",
    ),
    Rule(r"\buttag(et|en)?\b", "export", "Ett uttag ur systemet", "En export ur systemet"),
    Rule(r"\bsvit(en|er)?\b", "regelsamling", "Skriv en svit.", "Skriv en regelsamling."),
    Rule(
        r"\b(hinder (är )?funna|funna hinder|hinder hittade)\b",
        "inga kända hinder, in labels; in sentences somebody finds them",
        "Inga hinder funna",
        "Inga kända hinder",
    ),
    Rule(r"\båtgärda(d|t|de)\b", "rättad", "Bristen är åtgärdad.", "Bristen är rättad."),
    Rule(r"\bsort(en|ens|er)?\b", "slag, or typ of a dataset", "Vilken sort?", "Vilket slag?"),
    Rule(r"\b[Ll]adda ned\b", "ladda ner", "Ladda ned listan.", "Ladda ner listan."),
    Rule(r"\bhelt tal\b", "heltal", "Ange ett helt tal.", "Ange ett heltal."),
    Rule(r"\bWGS84\b", "WGS 84, as EPSG writes it", "Latitud i WGS84", "Latitud i WGS 84"),
]
SIGNS = [
    Rule(
        r"[“‘]|(?<=\w )\"|\"(?= \w)",
        "quotes are ”…”",
        "Välj “vet inte” här.",
        "Välj ”vet inte” här.",
    ),
    Rule(r" - ", "a dash is –", "Blekinge - ett län", "Blekinge – ett län"),
    Rule(
        r"(?<=\d) (?=\d{3}\b)|(?<=\d) (?=%)",
        "a number is not broken over two lines",
        "Högst 10 000 rader, 95 %",
        "Högst 10\u00a0000 rader, 95\u00a0%",
    ),
    Rule(r"\b([a-zåäö]{2,}) \1\b", "a word twice", "Gör det det visar.", "Gör det som det visar."),
    Rule(r"\boch/eller\b", "and/or", "Sök och/eller välj.", "Sök eller välj."),
]
RULES = [*OFFICIALESE, *CALQUES, *TERMS, *SIGNS]


@cache
def swedish(root: Path) -> list[tuple[str, str]]:
    """Every Swedish text that people meet: where it stands, and itself without code in it."""
    found = list(messages.texts("sv").items())
    found += [
        (at, said)
        for part in PARTS
        for file in sorted((root / part).rglob("*.yaml"))
        for at, language, said in declared(yaml.safe_load(file.read_text("utf-8")), file.name)
        if language == "sv"
    ]
    readme = CODE.sub(" ", (root / "README.sv.md").read_text("utf-8"))
    found += [("README.sv.md", " ".join(one.split())) for one in readme.split("\n\n")]
    return [(at, CODE.sub(" ", said)) for at, said in found]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.wrong)
def test_a_rule_is_kept(root: Path, rule: Rule):
    assert not {at: place for at, said in swedish(root) if (place := rule.broken(said))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.wrong)
def test_a_rule_tells_wrong_from_right(rule: Rule):
    assert rule.broken(rule.wrong)
    assert not any(other.broken(rule.right) for other in RULES)


def long_sentences(said: str) -> list[str]:
    """Sentences of more words than ``LONGEST``; a colon, a semicolon and a new line end one too."""
    return [one for one in re.split(r"[.!?:;]\s|\n", said) if len(one.split()) > LONGEST]


def test_no_sentence_is_too_long(root: Path):
    texts = [(at, said) for at, said in swedish(root) if not at.endswith(".law")]
    assert len(texts) > 4000
    assert not {at: found for at, said in texts if (found := long_sentences(said))}


def test_a_long_sentence_is_seen():
    assert long_sentences("ord " * 31) and not long_sentences("ord " * 15 + "slut. " + "ord " * 20)
