"""The data sets beside the project, and the results that are kept in it."""

import json
import os
import platform
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.paths import PROJECT

DATA = PROJECT.parent / "shared" / "data"
RESULTS = Path(__file__).parent / "results"


def missing(folder: Path) -> str | None:
    """What to say where a data set is not there, else None."""
    return None if folder.is_dir() else f"skipped: data absent ({folder})"


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    for line in file.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


MEASURED = ("bot", "index", "knowledge", "training", "benchmarks/*.py")  # folders of code


def commit() -> str:
    """The first 12 digits of the commit, with a plus where files differ from it."""
    digits = _git("rev-parse", "--short=12", "HEAD") or "no-commit"
    return digits + ("+" if _git("status", "--porcelain", "--", *MEASURED) else "")


def save(name: str, command: str, figures: Mapping[str, object]) -> Path:
    """Keep what a run found, with where it ran; the file is named by the commit."""
    result = {
        "command": command,
        "commit": commit(),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        **figures,
    }
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}-{commit().rstrip('+')}.json"
    text = json.dumps(result, ensure_ascii=False, indent=1)
    file.write_text(f"{text}\n", encoding="utf-8")
    return file


def _git(*arguments: str) -> str:
    run = subprocess.run(
        ["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    return run.stdout.strip()
