"""The words of the EU's and ADMS's vocabularies that a description is written in, and how what
people write becomes one of them.

Source: ``bundle.json`` of DCAT-AP-SE 3.0.1, and docs/harvesting.md for how licences are written.
"""

from __future__ import annotations

import re

from helpers.declared.organisations import Organisation

EU = "http://publications.europa.eu/resource/authority/"
THEMES = tuple("AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST SOCI REGI TECH TRAN".split())
FREQUENCIES = tuple(
    "CONT UPDATE_CONT DAILY_2 DAILY WEEKLY_3 WEEKLY_2 WEEKLY MONTHLY_3 BIWEEKLY MONTHLY_2 MONTHLY"
    " BIMONTHLY QUARTERLY ANNUAL_3 ANNUAL_2 ANNUAL BIENNIAL TRIENNIAL IRREG OTHER UNKNOWN"
    " NEVER".split()
)
TAXONOMY = f"{EU}data-theme"
SWEDISH = f"{EU}language/SWE"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_CC_BY = "http://creativecommons.org/licenses/{kind}/4.0/"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
}
TYPES = {
    "kommun": "http://purl.org/adms/publishertype/LocalAuthority",
    "region": "http://purl.org/adms/publishertype/RegionalAuthority",
    "samverkan": "http://purl.org/adms/publishertype/LocalAuthority",
}


def licence(text: str | None) -> str | None:
    """The IRI of a licence just as a harvest wants it: http, with its last slash, no /deed. None
    for what is none that it knows.

    >>> licence("CC-BY-4.0"), licence("https://creativecommons.org/publicdomain/zero/1.0/deed.sv")
    ('http://creativecommons.org/licenses/by/4.0/', 'http://creativecommons.org/publicdomain/zero/1.0/')
    """
    plain = re.sub(r"[\s_]+", "-", (text or "").strip().lower())
    if re.search(r"\bcc-?0\b|/zero/1\.0|licence/cc0\b", plain):
        return CC0
    found = re.search(r"cc-?(by(?:-nc)?(?:-sa|-nd)?)(?:-?4(?:\.0)?)?$", plain)
    found = found or re.search(r"/licenses/(by(?:-nc)?(?:-sa|-nd)?)/4\.0", plain)
    found = found or re.search(r"licence/cc_(by)_4_0$", plain.replace("-", "_"))
    return _CC_BY.format(kind=found[1]) if found else None


def themes(text: str | None) -> list[str]:
    """The IRIs of the themes that are named by code or IRI, each once; nothing for other words.

    >>> themes("GOVE, ECON")[0]
    'http://publications.europa.eu/resource/authority/data-theme/GOVE'
    """
    codes = re.findall(r"[A-Z]{4}", (text or "").upper())
    known = [code for code in dict.fromkeys(codes) if code in THEMES]
    return [f"{TAXONOMY}/{code}" for code in known]


def frequency(text: str | None) -> str | None:
    """The IRI of how often data are updated; None for what is no code of the vocabulary."""
    code = (text or "").strip().rpartition("/")[2].upper()
    return f"{EU}frequency/{code}" if code in FREQUENCIES else None


def access(*, public: bool) -> str:
    """The IRI of who has access: everybody, or nobody outside yet."""
    return f"{EU}access-right/{'PUBLIC' if public else 'NON_PUBLIC'}"


def status(*, draft: bool) -> str:
    """The IRI of how far a distribution has come."""
    return f"{EU}distribution-status/{'DEVELOP' if draft else 'COMPLETED'}"


def publisher_type(organisation: Organisation | None) -> str | None:
    """The IRI of what kind of publisher it is; None where the organisation is not known."""
    return TYPES[organisation.kind] if organisation else None
