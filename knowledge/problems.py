"""What is wrong in a file and what to write instead, in bokmål and in English."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KlyngesvarError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong on one line; each text says what it is and what to write instead."""

    file: Path
    line: int
    nb: str
    en: str

    def __str__(self) -> str:
        """Two lines: the place with the bokmål text, then the English one."""
        return f"{shown(self.file)}:{self.line}: {self.nb}\n    {self.en}"


class ContentError(KlyngesvarError):
    """Everything that is wrong in the content, not just the first thing."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take the problems in any order; they are listed by file and line."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def advice(self) -> str:
        """What is wrong, without where: for a text that stands in no file yet."""
        return "\n".join(f"{problem.nb}\n    {problem.en}" for problem in self.problems)


def shown(path: Path) -> Path:
    """The path as people would type it: relative when it lies under the current folder."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
