"""An image's address does not end as a document does: .pdf, .doc, .docx, .html.

A map or a page that shows the image shows nothing. Source: a municipality's works of art, whose
images are PDF files.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation

EXPECTATION = Expectation(
    lambda on: (
        f"case when {on.cell} <> '*'"
        f" then not regexp_matches(lower({on.cell}), '\\.(pdf|docx?|html?)([?#].*)?$') end"
    ),
    form=True,
    right=("https://karlskrona.se/a.jpg", "https://karlskrona.se/bild/12"),
    wrong=("https://karlskrona.se/a.PDF",),
)
