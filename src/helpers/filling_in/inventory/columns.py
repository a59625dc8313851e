"""The columns of the inventory: which field of an entry each holds, its heading, and what may stand
in it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.declared import agencies, maturity, organisations, specifications
from helpers.metadata.vocabularies import THEMES
from helpers.scoring import criteria
from helpers.words.files.ours import remembered
from helpers.words.folding import fold
from helpers.words.messages import LANGUAGES, text

UNKNOWN = "unknown"
ANSWERS = ("yes", "no", UNKNOWN)
STAGES = ("idea", "inventoried", "reviewed", "decided", "published", "maintained")
PUBLISHED = ("no", "own_website", "dataportal", "national_source", UNKNOWN)
FREQUENCIES = (
    "CONT",
    "DAILY",
    "WEEKLY",
    "MONTHLY",
    "QUARTERLY",
    "ANNUAL_2",
    "ANNUAL",
    "BIENNIAL",
    "IRREG",
    "NEVER",
)
LICENCES = ("CC0-1.0", "CC-BY-4.0")
JUDGED = {
    "internal": "value",
    "business": "value",
    "citizens": "value",
    "transparency": "value",
    "demand": "value",
    "work": "effort",
}
ASKED = ("personal_data", "secrecy", "copyright", "security", "protected_identity", "agreement")
MOST_LEVEL = 5


@dataclass(frozen=True)
class Column:
    """One column. ``field``: the entry's field, dotted; ``group`` colours the heading.

    ``kind``: text | role | choice | open | level | count | date | words | address | identity;
    ``open`` is a choice that may be something else, ``role`` a text that is no person's name.
    """

    name: str
    field: str
    kind: str
    group: str
    width: int
    required: bool = False

    def heading(self, language: str) -> str:
        """What stands above the column."""
        return text(f"inventory.column.{self.name}", language)

    def hint(self, language: str) -> str:
        """What to write, shown when the cell is chosen."""
        return text(f"inventory.hint.{self.name}", language, default="")


QUESTIONS = (
    Column("what", "title", "text", "questions", 34, required=True),
    Column("owner", "owner.role", "role", "questions", 24),
    Column("system", "source_system.name", "text", "questions", 22),
    Column("export", "source_system.export", "choice", "questions", 13),
    Column("personal_data", "inventory.personal_data", "choice", "questions", 18),
    Column("asked_for_by", "inventory.asked_for_by", "text", "questions", 26),
)
BELONGS = (
    Column("organisation", "organisation", "choice", "belongs", 24, required=True),
    Column("type", "type", "choice", "belongs", 22, required=True),
    Column("stage", "stage", "choice", "belongs", 14),
)
JUDGEMENTS = tuple(
    column
    for name, group in JUDGED.items()
    for field in [f"value.{name}" if group == "value" else "effort"]
    for column in (
        Column(name, f"{field}.level", "level", "value", 40),
        Column(f"{name}_because", f"{field}.because", "text", "value", 28),
    )
)
VALUE = (
    Column("requests", "value.requests_last_year", "count", "value", 14),
    *JUDGEMENTS,
    Column("assessed_by", "value.assessed_by", "role", "value", 20),
    Column("assessed_on", "value.date", "date", "value", 13),
)
LEGAL = tuple(
    column
    for question in ASKED
    for column in (
        Column(f"legal_{question}", f"legal.{question}.answer", "choice", "legal", 18),
        Column(f"legal_{question}_by", f"legal.{question}.by", "role", "legal", 20),
        Column(f"legal_{question}_when", f"legal.{question}.when", "date", "legal", 13),
    )
)
DECIDED = (
    Column("decided_by", "decision.role", "role", "legal", 20),
    Column("decided_on", "decision.date", "date", "legal", 13),
    Column("decided_number", "decision.registry_number", "text", "legal", 18),
)
MORE = tuple(
    Column(name, field, kind, "more", width)
    for name, field, kind, width in (
        ("supplier_name", "source_system.supplier", "text", 22),
        ("supplier", "source_system.supplier_owns_data", "choice", 16),
        ("published", "published.status", "choice", 20),
        ("publisher_exists", "inventory.publisher_exists", "choice", 22),
        ("published_url", "published.url", "address", 28),
        ("mailbox", "owner.mailbox", "text", 24),
        ("contact", "contact", "text", 24),
        ("licence", "licence", "open", 13),
        ("frequency", "update_frequency", "choice", 16),
        ("theme", "theme", "choice", 20),
        ("keywords", "keywords", "words", 24),
        ("description", "description", "text", 44),
        ("file", "source.path", "text", 30),
        ("id", "id", "identity", 26),
    )
)
COLUMNS = (*QUESTIONS, *BELONGS, *VALUE, *LEGAL, *DECIDED, *MORE)
MATURITY = "maturity"
# of the sheet of the baseline questionnaire: a row for each question of each organisation
BASELINE = (
    Column("asked_organisation", "organisation", "choice", "belongs", 26, required=True),
    Column("year", "year", "count", "belongs", 8, required=True),
    Column("area", "area", "text", "questions", 22),
    Column("asked", "asked", "text", "questions", 58),
    Column(MATURITY, "answer", "choice", "value", 12),
    Column("maturity_because", "because", "text", "value", 44),
    Column("maturity_by", "by", "role", "value", 22),
    Column("maturity_when", "when", "date", "value", 14),
    Column("question", "question", "identity", "more", 14, required=True),
)
LEGAL_ANSWERS = tuple(f"legal_{question}" for question in ASKED)
USUAL_OWNER = "usual_owner"  # a formula's column, never read


def _levels(name: str, language: str) -> dict[str, str]:
    anchors = criteria.load().groups[JUDGED[name]][name].anchors
    labels = {f"{level}. {anchor[language]}": str(level) for level, anchor in enumerate(anchors)}
    return labels | {text("inventory.unknown", language): UNKNOWN}


def _organisations(language: str) -> dict[str, str]:
    """Nobody knows, the declared, then Sweden's from A to Ö; of names that read alike (Håbo, Habo)
    the later has its code."""
    declared = organisations.declared()
    known = sorted(
        organisations.organisations().values(),
        key=lambda organisation: (organisation.id not in declared, _alphabet(organisation.name)),
    )
    labels = {text("inventory.unknown", language): organisations.UNKNOWN}
    alike: set[str] = set()
    for organisation in known:
        name, folded = organisation.name, fold(organisation.name)
        labels[f"{name} ({organisation.area})" if folded in alike else name] = organisation.id
        alike.add(folded)
    return labels


def _alphabet(name: str) -> str:
    return name.lower().translate(str.maketrans("åäö", "{|}"))


@remembered
def choices(name: str, language: str) -> dict[str, str]:
    """What a drop-down offers in ``language`` -> the entry's value; empty where a column has
    none."""
    if name in JUDGED:
        return _levels(name, language)
    if name in ("export", "personal_data", "supplier", "publisher_exists", *LEGAL_ANSWERS):
        return {text(f"inventory.answer.{answer}", language): answer for answer in ANSWERS}
    if name == MATURITY:
        return {
            text(f"inventory.maturity.{answer}", language): answer for answer in maturity.ANSWERS
        }
    if name == "stage":
        return {text(f"cli.stage.{stage}", language): stage for stage in STAGES}
    if name == "published":
        return {
            agencies.said(f"reporting.published.{status}", language): status for status in PUBLISHED
        }
    if name in ("organisation", "asked_organisation"):
        return _organisations(language)
    if name == "type":
        known = {specifications.load(key).title[language]: key for key in specifications.types()}
        return known | {text("reporting.other_type", language): "annan"}
    if name == "frequency":
        return {text(f"inventory.frequency.{code}", language): code for code in FREQUENCIES}
    if name == "theme":
        return {text(f"inventory.theme.{code}", language): code for code in THEMES}
    return {licence: licence for licence in LICENCES} if name == "licence" else {}


@remembered
def understood(name: str) -> dict[str, str]:
    """What is read as a choice, folded: the labels of both languages, and the values themselves."""
    labels = {
        label: value for language in LANGUAGES for label, value in choices(name, language).items()
    }
    return {
        fold(label): value
        for label, value in (labels | {given: given for given in labels.values()}).items()
    }


@remembered
def headings() -> dict[str, str]:
    """A heading in either language, folded -> the column's name; without its brackets too, where
    that is one column's alone. What it was called before counts as well: the sheet may be old."""
    names = [*(column.name for column in COLUMNS), USUAL_OWNER]
    whole = [
        (text(f"inventory.column.{name}", language), name)
        for name in names
        for language in LANGUAGES
    ]
    short: dict[str, set[str]] = {}
    for heading, name in whole:
        short.setdefault(fold(heading.split("(")[0]), set()).add(name)
    alone = {heading: next(iter(names)) for heading, names in short.items() if len(names) == 1}
    earlier = {
        fold(heading): name
        for name in names
        for language in LANGUAGES
        if (heading := text(f"inventory.earlier.{name}", language, default=""))
    }
    return earlier | alone | {fold(heading): name for heading, name in whole}
