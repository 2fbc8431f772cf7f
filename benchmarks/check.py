"""How much processor time `klyngesvar check` takes for a thousand articles, start included.

Run with `python -m benchmarks.check`. The articles are those of clusters-qa, again and again with
other names: each with all the names in it changed, and about a cluster of the register.
"""

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.data import DATA, missing, read_lines, save
from index.paths import PROJECT
from knowledge.paths import KNOWLEDGE
from knowledge.register import read_register

COUNT = 1000
_NAME = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]{3,}")
_ENDINGS = ("", "stad", "vik", "heim", "rud", "sund", "dal")


def main() -> int:
    """Print and save the seconds and what was found."""
    if note := missing(DATA / "clusters-qa"):
        sys.stdout.write(f"{note}\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        write_articles(Path(folder))
        seconds, found = _check(Path(folder))
    figures = {"articles": COUNT, "cpu_seconds": round(seconds, 2), **found}
    sys.stdout.write(f"{figures}\n")
    save("check", "python -m benchmarks.check", figures)
    return 0


def write_articles(folder: Path) -> None:
    """A knowledge folder with this project's lists and a thousand articles."""
    for name in ("clusters.yaml", "glossary.yaml"):
        shutil.copy(KNOWLEDGE / name, folder)
    names = [cluster.name for cluster in read_register(KNOWLEDGE / "clusters.yaml").clusters]
    rows = list(read_lines(DATA / "clusters-qa" / "articles.jsonl"))
    (folder / "articles").mkdir()
    for at in range(COUNT):
        text = _article(rows[at % len(rows)], names[at % len(names)], at // len(rows))
        (folder / "articles" / f"artikkel-{at}.md").write_text(text, "utf-8")


def _article(row: Mapping[str, str], cluster: str, copy: int) -> str:
    header = {
        "title": row["title"],
        "publisher": row["publisher"],
        "language": row["language"],
        "published": row["published"],
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in header.items()]
    body = _NAME.sub(lambda name: name[0] + _ENDINGS[copy], row["body"])
    return f"---\n{''.join(lines)}---\n{body.replace(row['publisher'], cluster)}\n"


def _check(folder: Path) -> tuple[float, dict[str, int]]:
    command = [sys.executable, "-m", "bot.main", "check", "--format", "json", "--knowledge"]
    run = subprocess.run(
        [*command, str(folder)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {kind: len(findings) for kind, findings in json.loads(run.stdout).items()}
    return usage.ru_utime + usage.ru_stime, found


if __name__ == "__main__":
    sys.exit(main())
