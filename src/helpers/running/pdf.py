"""A report that stands as PDF to send and to archive: the decision page, the page for the
management, the slides, and a page for each candidate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.reporting import papers, printable
from helpers.reporting.deck import shown
from helpers.running import browser
from helpers.words.errors import ConfigurationError
from helpers.words.files import reports, writing
from helpers.words.messages import text

CANDIDATES = "candidates"


@dataclass(frozen=True)
class Printed:
    """A page of a report and the file that it becomes, below the folder of PDFs. ``ours``: False
    where the page says itself how it is put on paper."""

    page: Path
    file: Path
    ours: bool = True


def language_of(report: Path) -> str:
    """The language of the report; ``ConfigurationError`` where the folder holds none of ours."""
    about = reports.said(report)
    if about is None:
        raise ConfigurationError("pdf.no_report", {"folder": report.name})
    return str(about.get("language", "sv"))


def pages(report: Path) -> list[Printed]:
    """What is printed of a report, as far as it is there."""
    language = language_of(report)
    management = papers.name("management", language)
    name = lambda key: Path(f"{text(f'pdf.name.{key}', language)}.pdf")  # noqa: E731
    known = [
        Printed(report / "index.html", name("report")),
        Printed(report / "papers" / f"{management}.html", Path(f"{management}.pdf")),
        Printed(report / shown.HTML, name("slides"), ours=False),
        *(
            Printed(page, Path(CANDIDATES, f"{page.parent.name}.pdf"))
            for page in sorted((report / CANDIDATES).glob("*/index.html"))
        ),
    ]
    return [one for one in known if one.page.is_file()]


def write(
    chosen: list[Printed],
    folder: Path,
    work: Path,
    say: Callable[[Path], None] = lambda _file: None,
) -> list[Path]:
    """Each page as PDF in ``folder``. ``work``: a private folder.

    ``ConfigurationError`` where there is no browser, ``ComputationFailed`` where it fails.
    """
    program = browser.found()
    return list(_written(chosen, folder, work, program, say))


def _written(
    chosen: list[Printed], folder: Path, work: Path, program: Path, say: Callable[[Path], None]
) -> Iterator[Path]:
    aside = work / "page.html"
    for one in chosen:
        said = one.page.read_text("utf-8")
        writing.write_text(aside, printable.printable(said, one.page.parent, ours=one.ours))
        target = folder / one.file
        target.parent.mkdir(parents=True, exist_ok=True)
        yield writing.write_bytes(target, browser.pdf(aside, work, program))
        say(target)
