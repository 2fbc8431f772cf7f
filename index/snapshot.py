"""The files that make up the content: copied into a version, and known by one hash."""

import hashlib
import shutil
from pathlib import Path

LISTS = ("clusters.yaml", "glossary.yaml", "questions.yaml")


def copy_content(knowledge: Path, target: Path) -> None:
    """Copy the content, and nothing else that lies in the folder."""
    for name in _names(knowledge):
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(knowledge / name, copy)


def content_hash(knowledge: Path) -> str:
    """Changes with every change of the content."""
    digest = hashlib.sha256()
    for name in _names(knowledge):
        data = (knowledge / name).read_bytes()
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _names(knowledge: Path) -> list[str]:
    files = sorted(file.name for file in (knowledge / "articles").glob("[!.]*.md"))
    lists = [name for name in LISTS if (knowledge / name).exists()]
    return [*(f"articles/{name}" for name in files), *lists]
