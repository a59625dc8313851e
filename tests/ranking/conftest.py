"""Properties are tried a hundred times each, and a thousand times by
``--hypothesis-profile=thousand``."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("thousand", max_examples=1000, deadline=None)
