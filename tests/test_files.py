from pathlib import Path

import pytest

from index.files import replace_folder


def write(text: str, folder: Path) -> None:
    (folder / "a.txt").write_text(text, encoding="utf-8")


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    replace_folder(tmp_path / "deep" / "index", lambda folder: write("new", folder))
    assert (tmp_path / "deep" / "index" / "a.txt").read_text(encoding="utf-8") == "new"


def test_the_new_folder_takes_the_place_of_all_of_the_old(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    replace_folder(folder, lambda fresh: (fresh / "old.txt").touch())
    replace_folder(folder, lambda fresh: write("new", fresh))
    assert [file.name for file in folder.iterdir()] == ["a.txt"]
    assert len(list(tmp_path.iterdir())) == 2  # the link and what it points at


def test_the_old_folder_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    replace_folder(folder, lambda fresh: write("old", fresh))
    seen: list[str] = []

    def look(fresh: Path) -> None:
        write("new", fresh)
        seen.append((folder / "a.txt").read_text(encoding="utf-8"))

    replace_folder(folder, look)
    assert seen == ["old"]


def test_a_failure_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    replace_folder(folder, lambda fresh: write("old", fresh))

    def fail(fresh: Path) -> None:
        write("half", fresh)
        raise ValueError("the disk is full")

    with pytest.raises(ValueError, match="the disk is full"):
        replace_folder(folder, fail)
    assert (folder / "a.txt").read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 2


def test_other_users_can_read_it(tmp_path: Path) -> None:
    replace_folder(tmp_path / "index", lambda folder: write("new", folder))
    assert (tmp_path / "index").stat().st_mode & 0o777 == 0o755
