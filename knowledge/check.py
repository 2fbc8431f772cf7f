"""Everything that is wrong in a knowledge folder, and what an editor should look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from knowledge import links
from knowledge.articles import Article, scan_articles
from knowledge.errors import KlyngesvarError
from knowledge.glossary import read_glossary
from knowledge.notes import Content, notes
from knowledge.problems import ContentError
from knowledge.questions import read_questions
from knowledge.register import read_register
from knowledge.report import Finding, Report, Severity, error_of, for_people

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the readers of the files said so far."""

    errors: list[Finding] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)

    def read(self, code: str, file: Path, read: Callable[[Path], Read]) -> Read | None:
        """What a file holds; None where it is absent, or broken, which is noted."""
        try:
            # A folder with only articles is enough: the other files are read where they exist.
            return read(file) if file.exists() else None
        except ContentError as error:
            self.errors.extend(error_of(code, problem) for problem in error.problems)
        except KlyngesvarError as error:
            self.errors.append(error_of(code, error))
        return None

    def count(self, number: int, noun: str) -> None:
        """Note how much there is of something."""
        self.counts.append(f"{number} {noun}")


def check_folder(folder: Path, stale_years: int, today: date) -> Report:
    """Read every file of a folder; roles in articles older than `stale_years` are noted."""
    reading = _Reading()
    content = _read(folder, reading)
    return Report((*reading.errors, *notes(content, stale_years, today)), tuple(reading.counts))


def check_content(folder: Path) -> str:
    """How much there is of everything, in one line; raises a KlyngesvarError with all problems."""
    reading = _Reading()
    _read(folder, reading)
    text = for_people(Report(tuple(reading.errors), tuple(reading.counts))).rstrip("\n")
    if reading.errors:
        raise KlyngesvarError(text)
    return text


def check_links(folder: Path) -> Iterator[Finding]:
    """What is wrong with the web addresses of a folder; each is tried, with a progress bar."""
    for link in links.check_links(links.places(folder)):
        problem = link.problem
        severity: Severity = "note" if link.state.what == "unreachable" else "error"
        yield Finding(severity, "link", problem.nb, problem.en, problem.file, problem.line)


def _read(folder: Path, reading: _Reading) -> Content:
    articles, broken = _scan(folder / "articles", reading)
    register = reading.read("register", folder / "clusters.yaml", read_register)
    if register:
        reading.count(len(register.clusters), "klynger")
    concepts = reading.read("glossary", folder / "glossary.yaml", read_glossary)
    if concepts is not None:
        reading.count(len(concepts), "begreper")
    if articles or broken:
        questions = reading.read(
            "questions",
            folder / "questions.yaml",
            lambda file: read_questions(file, articles, broken),
        )
        if questions is not None:
            reading.count(len(questions), "spørsmål")
    return Content(folder, articles, register, concepts or ())


def _scan(folder: Path, reading: _Reading) -> tuple[tuple[Article, ...], set[str]]:
    """The articles, and the slugs of those that cannot be read."""
    try:
        articles, problems = scan_articles(folder)
    except KlyngesvarError as error:
        reading.errors.append(error_of("article", error))
        return (), set()
    reading.count(len(articles), "artikler")
    reading.errors.extend(error_of("article", problem) for problem in problems)
    return articles, {problem.file.stem for problem in problems}
