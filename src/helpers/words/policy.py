"""The Content-Security-Policy of every page that we write: nothing but the scripts and styles that
stand in it by their hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from markupsafe import Markup


def hashes(texts: Sequence[str]) -> str:
    """The sources of these styles or scripts as a policy names them; ``'none'`` of none."""
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"


def policy(
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    *,
    images: str = "'none'",
    frames: bool = False,
    attributes: bool = False,
) -> Markup:
    """The ``<meta>`` that comes right after the page's charset. Source: W3C, Content Security
    Policy Level 3.

    ``styles`` and ``scripts``: the whole text of each ``<style>`` and ``<script>``, as we made it,
    never as found in a page. ``images``: where images may come from. ``frames``: the page frames
    other files of its folder. ``attributes``: a notebook's cells have styles of their own on their
    elements; what such a style could fetch is refused all the same.
    """
    parts = [
        "default-src 'none'",
        f"script-src {hashes(scripts)}",
        f"style-src {hashes(styles)}",
        *(["style-src-attr 'unsafe-inline'"] if attributes else []),
        f"img-src {images}",
        *(["frame-src 'self' file:"] if frames else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    meta = f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(parts)}">'
    return Markup(meta)  # noqa: S704 - hashes and our own words
