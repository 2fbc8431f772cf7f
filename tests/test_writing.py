import os
from pathlib import Path

import pytest

from knowledge.errors import KlyngesvarError
from knowledge.writing import create, replace


def test_a_new_file_stands_alone_and_others_may_read_it(tmp_path: Path) -> None:
    create(tmp_path / "å.md", "Å\r\n")
    assert [file.name for file in tmp_path.iterdir()] == ["å.md"]
    assert (tmp_path / "å.md").read_bytes() == "Å\r\n".encode()
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "å.md").stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    (file := tmp_path / "a.md").write_text("gammel", "utf-8")
    with pytest.raises(KlyngesvarError) as error:
        create(file, "ny")
    assert str(error.value) == (
        f"{file} finnes fra før og er ikke rørt: velg en annen tittel, eller rett i filen\n"
        f"    {file} exists and is untouched: choose another title, or edit the file"
    )
    assert file.read_text("utf-8") == "gammel"
    assert [*tmp_path.iterdir()] == [file]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KlyngesvarError, match=r"a.md kan ikke lagres \(No such file"):
        create(tmp_path / "none" / "a.md", "ny")


def test_a_replaced_file_keeps_its_place_and_who_may_read_it(tmp_path: Path) -> None:
    (file := tmp_path / "a.yaml").write_text("gammel", "utf-8")
    file.chmod(0o640)
    (link := tmp_path / "link.yaml").symlink_to(file)
    replace(link, "ny")
    assert link.is_symlink()
    assert file.read_text("utf-8") == "ny"
    assert file.stat().st_mode & 0o777 == 0o640
    assert {*tmp_path.iterdir()} == {file, link}


def test_a_file_is_replaced_by_all_of_the_new_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    replace(file, "a long old text")
    seen = file.open(encoding="utf-8")  # who reads while it is replaced reads the old one
    replace(file, "blåbær")
    with seen:
        assert seen.read() == "a long old text"
    assert file.read_text("utf-8") == "blåbær"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_file_stays_as_it_was_when_the_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file := tmp_path / "a.yaml").write_text("gammel", "utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KlyngesvarError, match="No space left on device"):
        replace(file, "ny")
    assert file.read_text("utf-8") == "gammel"
    assert [*tmp_path.iterdir()] == [file]
