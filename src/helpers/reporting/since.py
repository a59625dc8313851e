"""What has changed since last time, in sentences: rows and objects first, then rules."""

from __future__ import annotations

from helpers.checking.changes import Changes
from helpers.words.messages import number, text


def sentences(changes: Changes, language: str) -> list[str]:
    """One truth for the page, the notebook and the terminal; what rules say stands in their own
    table."""
    if not changes.compared:
        return []
    if changes.never_another:
        return [text("changes.first", language, day=changes.since)]
    if changes.unchanged and changes.since is None:
        return [text("changes.unchanged_given", language)]
    if changes.unchanged:
        return [text("changes.unchanged", language, day=changes.since)]
    given = text("changes.given", language)
    since = text("changes.since", language, day=changes.since) if changes.since else given
    rules = text("changes.counts" if changes.changes else "changes.none", language)
    return [*_moved(changes, language), since, rules]


def _moved(changes: Changes, language: str) -> list[str]:
    """Rows and objects that came and went; those gone first."""
    rows, objects, said = changes.rows, changes.objects, []
    if rows and rows.before != rows.after:
        key = "rows_lost" if rows.after < rows.before else "rows_gained"
        ends = {"before": number(rows.before, language), "after": number(rows.after, language)}
        count = abs(rows.after - rows.before)
        said.append(text(f"changes.{key}", language, count=count, **ends))
    for key, count in (("lost", objects.lost), ("gained", objects.gained)) if objects else ():
        if count:
            said.append(text(f"changes.objects_{key}", language, count=count))
    return said
