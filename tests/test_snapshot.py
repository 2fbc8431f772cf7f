from pathlib import Path

import pytest

from index.snapshot import content_hash, copy_content

FILES = {"articles/a.md": "A", "articles/b.md": "B", "clusters.yaml": "C", "questions.yaml": "Q"}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_all_of_the_content_is_copied_and_nothing_else(tmp_path: Path) -> None:
    others = {"README.md": "r", "drafts/c.md": "c", "articles/.a.md.swp": "s", "cli.py": "p"}
    knowledge = write(tmp_path / "knowledge", {**FILES, **others})
    copy_content(knowledge, tmp_path / "copy")
    copied = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    names = {path.relative_to(tmp_path / "copy").as_posix(): path.read_text() for path in copied}
    assert names == FILES
    assert content_hash(tmp_path / "copy") == content_hash(knowledge)


@pytest.mark.parametrize(
    "changed",
    [
        {**FILES, "articles/a.md": "AB"},
        {**FILES, "glossary.yaml": ""},
        {**FILES, "articles/a.md": "B", "articles/b.md": "A"},
        {name: text for name, text in FILES.items() if name != "clusters.yaml"},
    ],
)
def test_the_hash_changes_with_any_file(tmp_path: Path, changed: dict[str, str]) -> None:
    one = write(tmp_path / "one", FILES)
    assert content_hash(one) != content_hash(write(tmp_path / "other", changed))
