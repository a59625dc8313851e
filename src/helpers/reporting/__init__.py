"""Write what a run found as pages and as JSON; computes nothing."""

from helpers.reporting.pages import write
from helpers.reporting.results import results_json

__all__ = ["results_json", "write"]
