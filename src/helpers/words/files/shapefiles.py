"""A shapefile is several files of one name: which belong together."""

from __future__ import annotations

import glob
from pathlib import Path

READ = (".shp", ".dbf", ".shx", ".prj", ".cpg")
NEEDED = (".dbf", ".shx")  # beside a .shp, which is nothing without them
PARTS = (*READ, ".qpj", ".qix", ".sbn", ".sbx")
# They repeat what the shapes and the table hold, for a quicker search, or are texts in blocks (a
# memo): whoever has looked at their runs of text has looked at them.
PLAIN = frozenset(
    ".shp .shx .sbn .sbx .qix .fbn .fbx .ain .aih .atx .ixs .mxs .ind .idm .dbt .fpt .lock".split()
)
# A file of the same name in one of these is a delivery, an entry or a paper of its own.
ALONE = frozenset(
    ".csv .tsv .txt .json .geojson .gpkg .kml .kmz .fgb .parquet .xlsx .xls .xlsm .ods .zip .7z"
    " .rar .gz .tgz .tar .yaml .yml .md .pdf .doc .docx .odt .rtf .html .htm .png .jpg .jpeg .gif"
    " .tif .tiff .sqlite .db .gml .gdb .mif .tab .ttl .rdf .py .ipynb .bak".split()
)


def _belongs(file: Path) -> bool:
    return file.suffix.lower() not in ALONE


def missing(file: Path) -> str:
    """What a .shp needs and does not have beside it: ``.dbf, .shx``; '' where nothing lacks."""
    return ", ".join(part for part in NEEDED if not file.with_suffix(part).is_file())


def parts_of(file: Path) -> list[Path]:
    """``file``, and where it is a .shp all that bears its name beside it and is nothing of its own
    (``plats.shp.xml`` and ``plats.qml`` too), in order of name."""
    if file.suffix.lower() != ".shp":
        return [file]
    beside = file.parent.glob(f"{glob.escape(file.stem)}.*")
    return sorted(part for part in beside if part == file or (part.is_file() and _belongs(part)))


def is_part(file: Path) -> bool:
    """True for a part of a shapefile that is not the .shp itself."""
    if file.suffix.lower() == ".shp" or not _belongs(file):
        return False
    dots = (place for place, letter in enumerate(file.name) if letter == "." and place)
    stems = (file.name[:place] for place in dots)
    return any(file.with_name(f"{stem}.shp").is_file() for stem in stems)
