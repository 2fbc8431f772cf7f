"""What a check found, and how it is told: to people, to programs, and on a pull request."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.errors import KlyngesvarError
from knowledge.problems import Problem, shown

Severity = Literal["error", "note"]

_SHOWN = 10  # notes of one kind


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right (an error) or to look at (a note), in bokmål and English."""

    severity: Severity
    code: str  # what kind of thing, for programs: "near-copy"
    nb: str
    en: str
    file: Path | None = None
    line: int = 1
    details: tuple[str, ...] = ()  # lines from the content itself

    def __str__(self) -> str:
        """The place with the bokmål text, then the English one and the details."""
        place = f"{shown(self.file)}:{self.line}: " if self.file else ""
        return "\n    ".join((f"{place}{self.nb}", self.en, *self.details))


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one check found, and how much there is of what ("17 artikler")."""

    findings: tuple[Finding, ...]
    counts: tuple[str, ...]

    @property
    def problems(self) -> list[Finding]:
        """What is to be put right."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def notes(self) -> list[Finding]:
        """What is to be looked at."""
        return [finding for finding in self.findings if finding.severity == "note"]


def error_of(code: str, error: Problem | KlyngesvarError) -> Finding:
    """A finding for what a reader of the content found wrong."""
    if isinstance(error, Problem):
        return Finding("error", code, error.nb, error.en, error.file, error.line)
    nb, _, en = str(error).partition("\n    ")
    return Finding("error", code, nb, en)


def for_people(report: Report) -> str:
    """The problems and how many, then the notes, as an editor reads them in a terminal."""
    problems, notes = report.problems, report.notes
    lines = [*map(str, problems)]
    if problems:
        lines.append(f"{len(problems)} ting å rette / to put right: {len(problems)}")
    else:
        lines.append(f"{', '.join(report.counts)}: alt i orden / all in order")
    if notes:
        lines += ["", f"{len(notes)} ting å se på / to look at: {len(notes)}", *_few(notes)]
    return "\n".join(lines) + "\n"


def _few(notes: Iterable[Finding]) -> Iterator[str]:
    """Of each kind the first few notes, and how many more there are."""
    kinds: defaultdict[str, list[Finding]] = defaultdict(list)
    for note in notes:
        kinds[note.code].append(note)
    for kind in kinds.values():
        yield from map(str, kind[:_SHOWN])
        if (more := len(kind) - _SHOWN) > 0:
            yield f"... og {more} til av samme slag: --format json viser alle"
            yield f"    ... and {more} more of this kind: --format json shows all"


def as_json(report: Report) -> str:
    """One object with `problems` and `notes`."""
    groups = {"problems": report.problems, "notes": report.notes}
    told = {name: [_fields(finding) for finding in group] for name, group in groups.items()}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _fields(finding: Finding) -> dict[str, object]:
    return {
        "file": str(shown(finding.file)) if finding.file else None,
        "line": finding.line if finding.file else None,
        "severity": finding.severity,
        "code": finding.code,
        "nb": finding.nb,
        "en": finding.en,
        "details": list(finding.details),
    }


def for_github(report: Report) -> str:
    """A workflow command for each finding: GitHub shows it beside the line of a pull request."""
    return "".join(f"{_workflow_command(finding)}\n" for finding in report.findings)


def _workflow_command(finding: Finding) -> str:
    command = "error" if finding.severity == "error" else "warning"
    file = _escaped(str(shown(finding.file))) if finding.file else ""
    place = f" file={file.replace(':', '%3A').replace(',', '%2C')},line={finding.line}"
    message = _escaped("\n".join((finding.nb, finding.en, *finding.details)))
    return f"::{command}{place if file else ''}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
