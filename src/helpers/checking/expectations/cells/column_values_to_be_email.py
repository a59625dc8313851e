"""One e-mail address without mailto:.

Readers paste it as it stands. Source: the point specifications of Nationella dataverkstaden (lower
case, no mailto, no HTML).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, matches

EXPECTATION = Expectation(
    matches(r"[^@\s:]+@[^@\s]+\.[A-Za-zåäö]{2,}"),
    form=True,
    right=("info@karlshamn.se",),
    wrong=("mailto:a@b.se", "a@b"),
)
