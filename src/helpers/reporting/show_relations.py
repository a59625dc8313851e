"""What columns and rows have to do with each other, as a notebook shows it: sentences with their
rows, a square of associations, tables beneath."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.drawing.charts import heat
from helpers.profiling.relations.bounds import (
    COMPARED,
    IN_PAIRS,
    IN_TRIPLES,
    IN_TWO,
    LEAST_ROWS,
    WHOLE,
)
from helpers.reporting import relations_in_words as words
from helpers.reporting.dataset import Dataset
from helpers.words.display import Display, folded
from helpers.words.escaping import html
from helpers.words.messages import listed, number

DRAWN = 14  # columns of the square
PAIRS = 100  # rows of the table of associations
SECTIONS: tuple[tuple[str, Callable[[dict[str, Any], str], str]], ...] = (
    ("dependencies", words.dependency),
    ("alike_rows", words.alike_rows),
    ("empty_together", words.empty_together),
)


class Relations:
    """The relations of a table; HTML in JupyterLab and the report, their sentences elsewhere."""

    def __init__(self, made: dict[str, Any] | None, language: str, note: str) -> None:
        self.made, self.language, self.note = made, language, note

    def _sections(self) -> list[tuple[str, list[str], str]]:
        """Name, sentences and what stands beneath them (HTML)."""
        if self.made is None:
            return []
        made, language = self.made, self.language
        if made["few"]:
            return _between_tables(made, language)
        found = []
        for name, say in SECTIONS:
            sentences = [say(relation, language) for relation in made[name]]
            beneath = _examples(made, language) if name == "dependencies" else ""
            found.append((name, [*sentences, *_left_out(made, name, language)], beneath))
        texts = _texts(made, language)
        keys = [*words.keys(made, language), *_left_out(made, "keys", language)]
        found.insert(0, ("keys", keys, ""))
        found.insert(3, ("alike_texts", _said_of_texts(made, language), texts))
        sentences = [
            words.association(relation, made["kinds"], language)
            for relation in words.worth_telling(made)
        ]
        square = _square(made, language)
        if square and not sentences:
            sentences = [words.said("associations.known", language)]
        found.append(("associations", sentences, square))
        return [*found, *_between_tables(made, language)]

    @property
    def _too_wide(self) -> bool:
        """Rows were not held beside each other."""
        return bool(self.made and not self.made["few"] and self.made["width"] > WHOLE)

    def _lead(self, name: str) -> str:
        """What the finds are good for, and what was not sought."""
        lead, width = words.said(f"{name}.lead", self.language), (self.made or {}).get("width", 0)
        bounds = {"keys": IN_TRIPLES, "alike_rows": IN_TWO}
        if width <= bounds.get(name, width):
            return lead
        bound = words.said(f"{name}.bound", self.language, pairs=IN_PAIRS, triples=IN_TRIPLES)
        return f"{lead} {bound}"

    def _tried(self, sections: list[tuple[str, list[str], str]]) -> str:
        """Which of them found nothing, in one sentence."""
        titles = [
            words.said(f"{name}.title", self.language).lower()
            for name, sentences, _ in sections
            if not sentences and not (name == "alike_rows" and self._too_wide)
        ]
        if not titles:
            return ""
        return words.said("tried", self.language, titles=listed(titles, self.language))

    def _repr_html_(self) -> str:
        sections = self._sections()
        parts = [f'<p class="soft">{html(self.note)}</p>']
        for name, sentences, beneath in sections:
            if not sentences:
                continue
            title = words.said(f"{name}.title", self.language)
            lead = self._lead(name)
            items = "".join(f"<li>{html(sentence)}</li>" for sentence in sentences)
            parts.append(f"<h3>{html(title)}</h3><p>{html(lead)}</p><ul>{items}</ul>{beneath}")
        tried = self._tried(sections)
        return "".join([*parts, f"<p>{html(tried)}</p>" if tried else ""])

    def __repr__(self) -> str:
        sections = self._sections()
        said = [
            f"{words.said(f'{name}.title', self.language)}: {' '.join(sentences)}"
            for name, sentences, _ in sections
            if sentences
        ]
        return "\n".join([self.note, *said, self._tried(sections)]).strip()


def relations(candidate: Dataset, language: str = "sv") -> Relations:
    """Keys, dependencies, rows and texts nearly alike, cells empty together and associations of the
    main table; of the other tables keys and references. No value of a column that may hold
    personal data."""
    snapshot = candidate.snapshot
    if snapshot is None:
        return Relations(None, language, words.said("idea", language))
    made = candidate.relations[snapshot.main.name]
    if made["few"]:
        note = words.said("few", language, rows=made["rows"], least=LEAST_ROWS)
        if "others" in made:
            note = f"{words.main(made, language)} {note}"
        return Relations(made, language, note)
    return Relations(made, language, words.basis(made, language))


def _between_tables(made: dict[str, Any], language: str) -> list[tuple[str, list[str], str]]:
    """What is told of the tables beside the main one; nothing where there is none."""
    if "others" not in made:
        return []
    beside = made["others"]
    references = [words.reference(found, language) for found in beside["references"]]
    if beside["more"]:
        references.append(words.said("left_out", language, count=beside["more"]))
    keys = words.other_keys(made, language)
    return [("other_keys", keys, ""), ("references", references, "")]


def _left_out(made: dict[str, Any], name: str, language: str) -> list[str]:
    more = made["more"][name]
    return [words.said("left_out", language, count=more)] if more else []


def _examples(made: dict[str, Any], language: str) -> str:
    """The values between which a dependency is broken, a table for each."""
    tables = []
    for relation in made["dependencies"]:
        if not relation["examples"]:
            continue
        of, on = words.name(relation["of"]), words.name(relation["on"])
        head = [
            words.said("dependencies.value", language, of=of),
            words.said("dependencies.usual", language, on=on),
            words.said("dependencies.other", language, on=on),
        ]
        rows = [
            (words.value(example["value"]), *(_held(example[name], language) for name in ENDS))
            for example in relation["examples"]
        ]
        summary = f"{words.said('dependencies.examples', language)}: {of}, {on}"
        tables.append(folded(summary, Display(head, rows, caption=summary)._repr_html_()))
    return "".join(tables)


ENDS = ("usual", "other")


def _held(pair: list[Any], language: str) -> str:
    text, count = pair
    return f"{words.value(text)} ({number(count, language)})"


def _said_of_texts(made: dict[str, Any], language: str) -> list[str]:
    count = len(made["alike_texts"]) + made["more"]["alike_texts"]
    if not count:
        return []
    many = "one" if count == 1 else "many"
    told = [words.said(f"alike_texts.said.{many}", language, count=count)]
    return [*told, *_left_out(made, "alike_texts", language)]


def _texts(made: dict[str, Any], language: str) -> str:
    rows = [
        (
            words.name(relation["column"]),
            " · ".join(
                _held([text["text"], text["count"]], language) for text in relation["texts"]
            ),
            words.said(f"alike_texts.kinds.{relation['kind']}", language),
            ", ".join(map(str, relation["listed"][: words.ROWS])) or "–",
        )
        for relation in made["alike_texts"]
    ]
    names = ("column", "texts", "kind", "rows")
    head = [words.said(f"alike_texts.{name}", language) for name in names]
    caption = words.said("alike_texts.title", language)
    return Display(head, rows, caption=caption)._repr_html_() if rows else ""


def _square(made: dict[str, Any], language: str) -> str:
    """The square of the columns that have a clear association, its text alternative and table."""
    clear = words.strongest(made)
    if not clear:
        return ""
    by_strength = list(dict.fromkeys(name for relation in clear for name in relation["columns"]))
    names = [name for name in made["kinds"] if name in by_strength[:DRAWN]]
    places = {name: i for i, name in enumerate(names)}
    figures = {}
    for relation in made["associations"]:
        if all(name in places for name in relation["columns"]):
            column, row = sorted(places[name] for name in relation["columns"])
            said = words.strength(relation["value"], language)
            figures[row, column] = (abs(relation["value"]), said)
    label = words.seen(clear, len(names), language)
    drawn = heat.half_square([words.name(name) for name in names], figures, label)
    notes = []
    if len(by_strength) > len(names) or len(clear) > len(figures):
        least = number(words.CLEAR, language)
        notes.append(words.said("associations.fewer", language, compared=len(names), least=least))
    if len(made["kinds"]) >= COMPARED:
        notes.append(words.said("associations.bound", language, compared=COMPARED))
    told = f'<p class="soft">{html(" ".join(notes))}</p>' if notes else ""
    table = folded(words.said("associations.table", language), _pairs(clear, language))
    return f'<div class="scroll" tabindex="0">{drawn}</div>{told}{table}'


def _pairs(clear: list[dict[str, Any]], language: str) -> str:
    rows = [
        (
            *(words.name(name) for name in relation["columns"]),
            words.strength(relation["value"], language),
            words.said(f"associations.measures.{relation['measure']}", language),
            number(relation["rows"], language),
        )
        for relation in clear[:PAIRS]
    ]
    names = ("first", "second", "value", "measure", "count")
    head = [words.said(f"associations.{name}", language) for name in names]
    more = len(clear) - len(rows)
    note = words.said("left_out", language, count=more) if more else ""
    caption = words.said("associations.title", language)
    return Display(head, rows, note, caption=caption)._repr_html_()
