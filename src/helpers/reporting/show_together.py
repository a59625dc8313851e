"""What a notebook shows of one type from several organisations: what each brought, which rows may
be one object, and what to ask of the whole. Counts, rows and what may be shown of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.words import escaping
from helpers.words.display import Display, head
from helpers.words.messages import number, text

if TYPE_CHECKING:
    from helpers.filling_in.merging.together import Together


def merged_sources(together: Together, language: str = "sv") -> Display:
    """Each source with its rows, those in the result and those that are left out, and why."""
    if together.account is None:
        return Display([], [], (together.stopped or {}).get(language, ""), "note")
    names, rows = together.names, []
    for one in together.account.parts:
        rejected = one.part.converted.rejected
        why = [text(f"merging.left.{reason}", language) for reason in one.left]
        why += [text("merging.left.rejected", language)] if rejected else []
        left = sum(told.count for told in one.left.values()) + rejected
        rows.append(
            (
                names[one.part.owned.candidate],
                escaping.one_line(escaping.shown(one.part.source)),
                number(one.part.rows + rejected, language),
                number(one.rows, language),
                number(left, language),
                ". ".join(why),
            )
        )
    columns = ("organisation", "file", "rows", "kept", "left", "why")
    note = " ".join(together.apart[language])
    return Display(head("merged_sources", language, *columns), rows, note)


def same_objects(together: Together, language: str = "sv") -> Display:
    """Pairs that may be one object, both rows beside each other; what was decided stands in the
    note."""
    from helpers.filling_in.merging import decisions  # 0.2 s, of no use to other notebooks
    from helpers.reporting.papers import together as paper  # the same

    reviewed = together.reviewed
    if not reviewed.asked:
        return Display([], [], text("show.same_objects.not_asked", language))
    pairs = reviewed.found.pairs
    said = [
        *paper.decided(reviewed, language),
        *paper.not_compared(reviewed, language),
    ]
    first = (
        text("together.ask", language, count=len(pairs), file=decisions.FILE)
        if pairs
        else text("together.no_pairs", language)
    )
    rows = paper.pair_rows(pairs[: paper.LISTED], reviewed.type, language)
    return Display(paper.pair_head(language), rows, " ".join([first, *said]))


def whole_only(together: Together, language: str = "sv") -> Display:
    """What only the whole shows, a question a row."""
    from helpers.reporting.papers import together as paper  # 0.2 s

    lines = list(
        paper.whole_lines(together.whole, together.reviewed.type, together.names, language)
    )
    if not lines:
        return Display([], [], text("together.whole_nothing", language))
    note = text("together.whole_how", language)
    return Display(head("whole_only", language, "question"), [[line] for line in lines], note)
