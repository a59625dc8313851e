"""Who does what when the dataset is published: usual roles for its type, with blanks to fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.declared import roles
from helpers.reporting.papers.document import Document, Table, Text
from helpers.reporting.papers.words import example, footer, organisation, say, titled
from helpers.words import escaping

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region


def document(candidate: Candidate, region: Region, language: str) -> Document:
    """The paper: a row for each role, the declared information owner filled in."""
    entry = candidate.entry
    head = [say(f"roles.{name}", language) for name in ("role", "usual", "does", "ours")]
    rows = []
    for role in roles.roles(entry).values():
        usual = role.usual[language]
        declared = (entry.owner.role, entry.owner.mailbox) if role.id == "information_owner" else ()
        ours = ", ".join(escaping.shown(value) for value in declared if value)
        rows.append([role.name[language], usual[:1].upper() + usual[1:], role.does[language], ours])
    return Document(
        titled(candidate, language),
        say("roles.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        blocks=[
            *example(entry.synthetic, language),
            Text(f"{organisation(entry, language)}.", style="lead"),
            Text(say("roles.how", language)),
            Table(say("roles.kind", language), head, rows, [22, 22, 32, 24]),
            Text(say(f"roles.status_{roles.status()}", language), style="soft"),
        ],
    )
