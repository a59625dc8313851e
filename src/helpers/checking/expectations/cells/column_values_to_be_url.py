"""An address with http:// or https:// and a host.

Without a scheme a browser and a program cannot follow it. Source: RFC 3986; Digg's guidance wants
absolute addresses.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, matches

EXPECTATION = Expectation(
    matches(r"https?://[^\s/]+\.[^\s]+"),
    form=True,
    right=("https://karlskrona.se/bad",),
    wrong=("www.konstkompassen.se",),
)
