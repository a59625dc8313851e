"""The status report as a paper: what was done, what was not and what comes next stand first, the
rest behind them."""

from __future__ import annotations

from helpers.reporting.papers.progress.whole import document, names, papers

__all__ = ["document", "names", "papers"]
