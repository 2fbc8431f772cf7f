"""The published versions of a knowledge folder, side by side; one of them is current.

A version is a folder with all that its answers come from: a copy of the content, the index built
from it, what the golden questions got, and a manifest. The manifest is written last, and a folder
without one is no version.
"""

import json
import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from index.lock import locked
from index.paths import cache_folder, cache_name
from knowledge.errors import KlyngesvarError
from knowledge.writing import replace

FORMAT = 1
KEPT = 5  # newest versions; the current and the previous one are kept however old they are


@dataclass(frozen=True, slots=True)
class Draft:
    """The folder of a version, whole or still being made."""

    number: int  # 1, 2, 3 ...
    folder: Path

    @property
    def knowledge(self) -> Path:
        """The copy of the content."""
        return self.folder / "knowledge"

    @property
    def index(self) -> Path:
        """The index of that content."""
        return self.folder / "index"

    @property
    def golden(self) -> Path:
        """What the golden questions got."""
        return self.folder / "golden.json"

    @property
    def manifest_file(self) -> Path:
        """What makes it a version."""
        return self.folder / "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a version without opening it."""

    published: str  # ISO time with its zone
    by: str
    encoder: dict[str, str]  # the identity of the one that embedded it
    content: str  # the hash of the content
    articles: int
    passages: int
    questions: int  # golden ones
    right: int  # how many of them were answered rightly


@dataclass(frozen=True, slots=True)
class Version(Draft):
    """A whole version."""

    manifest: Manifest


class Versions:
    """The versions of one knowledge folder. Whoever changes them holds the lock."""

    def __init__(self, knowledge: Path) -> None:
        """Take the folder in which editors work."""
        self.folder = cache_folder() / "versions" / cache_name(knowledge)
        self._current_file = self.folder / "current.json"

    def all(self) -> tuple[Version, ...]:
        """Every version, oldest first."""
        read = (_read(draft) for draft in self._drafts())
        return tuple(version for version in read if version)

    def current(self) -> Version | None:
        """The version that answers; None before the first is published."""
        return self._find(self._numbers()[0])

    def previous(self) -> Version | None:
        """The version that answered before the current one."""
        return self._find(self._numbers()[1])

    def get(self, number: int) -> Version:
        """The version of this number; a KlyngesvarError says which there are."""
        version = self._find(number)
        if version is None:
            there = ", ".join(str(version.number) for version in self.all()) or "-"
            raise KlyngesvarError(
                f"det er ingen versjon {number}: velg en av {there}\n"
                f"    there is no version {number}: choose one of {there}"
            )
        return version

    def lock(self, by: str, doing: str) -> AbstractContextManager[None]:
        """Keep others from changing the versions; raises a KlyngesvarError where somebody does."""
        return locked(self.folder / "lock", by, doing)

    def switch(self, version: Version) -> None:
        """Let this version answer from now on; what answered before is the previous one."""
        current, _ = self._numbers()
        if version.number != current:
            numbers = {"current": version.number, "previous": current}
            replace(self._current_file, json.dumps(numbers))

    def start(self) -> Draft:
        """An empty folder for the next version; what a crash left half made is removed."""
        for draft in self._drafts():
            if not draft.manifest_file.exists():
                self.discard(draft)
        number = max((draft.number for draft in self._drafts()), default=0) + 1
        draft = self._draft(number)
        draft.folder.mkdir(parents=True)
        return draft

    def finish(self, draft: Draft, manifest: Manifest) -> Version:
        """Make a version of a draft to which nothing is to be added."""
        record = {"format": FORMAT, "number": draft.number, **asdict(manifest)}
        replace(draft.manifest_file, json.dumps(record, ensure_ascii=False, indent=1))
        return Version(draft.number, draft.folder, manifest)

    def discard(self, draft: Draft) -> None:
        """Remove a version or a draft; a crash leaves a draft."""
        draft.manifest_file.unlink(missing_ok=True)
        shutil.rmtree(draft.folder, ignore_errors=True)

    def prune(self) -> None:
        """Remove old versions, never the current nor the previous one."""
        versions = self.all()
        kept = {*self._numbers(), *(version.number for version in versions[-KEPT:])}
        for version in versions:
            if version.number not in kept:
                self.discard(version)

    def _numbers(self) -> tuple[int | None, int | None]:
        """The current one and the previous one: in one file, so that both change in one step."""
        try:
            numbers = json.loads(self._current_file.read_text("utf-8"))
            return numbers["current"], numbers["previous"]
        except FileNotFoundError:
            return None, None

    def _find(self, number: int | None) -> Version | None:
        return None if number is None else _read(self._draft(number))

    def _draft(self, number: int) -> Draft:
        return Draft(number, self.folder / f"{number:04}")

    def _drafts(self) -> list[Draft]:
        names = (path.name for path in _children(self.folder))
        return [self._draft(number) for number in sorted(int(n) for n in names if n.isdigit())]


def _children(folder: Path) -> Iterable[Path]:
    return folder.iterdir() if folder.is_dir() else ()


def _read(draft: Draft) -> Version | None:
    """The version in this folder; None where it is not whole, or another Klyngesvar's."""
    try:
        record = json.loads(draft.manifest_file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    if record["format"] != FORMAT:
        return None
    manifest = Manifest(**{field.name: record[field.name] for field in fields(Manifest)})
    return Version(draft.number, draft.folder, manifest)
