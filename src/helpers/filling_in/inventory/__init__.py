"""The inventory: the catalogue as a spreadsheet with drop-downs, one row a candidate, and back; and
the baseline questionnaire on a sheet of its own. Nobody needs to write YAML."""

from __future__ import annotations

from helpers.filling_in.inventory.merging import Plan, apply, plan
from helpers.filling_in.inventory.questionnaire import Questionnaire
from helpers.filling_in.inventory.reading import Row, read
from helpers.filling_in.inventory.writing import suggested, write

__all__ = ["Plan", "Questionnaire", "Row", "apply", "plan", "read", "suggested", "write"]
