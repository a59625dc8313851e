"""A dataset does not say whether it is for everybody.

Source: DCAT-AP-SE recommends ``dcterms:accessRights``; dataportal.se marks open data by it.
"""

from __future__ import annotations

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, lacking

FAULT = Fault(
    lambda graph: lacking(graph, properties.DATASET, "dcterms:accessRights"), "owner", rank=4
)
