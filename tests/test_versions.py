"""The store of versions, without any content in them."""

import json
from pathlib import Path

import pytest

from index.versions import KEPT, Manifest, Version, Versions
from knowledge.errors import KlyngesvarError

MANIFEST = Manifest(
    published="2026-01-31T12:00:00+01:00",
    by="kari@kontor",
    encoder={"model": "fake"},
    content="abc",
    articles=2,
    passages=3,
    questions=5,
    right=4,
)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "knowledge")


def publish(versions: Versions) -> Version:
    version = versions.finish(versions.start(), MANIFEST)
    versions.switch(version)
    return version


def numbers(versions: Versions) -> list[int]:
    return [version.number for version in versions.all()]


def test_there_is_none_at_first(versions: Versions) -> None:
    assert (versions.all(), versions.current(), versions.previous()) == ((), None, None)


def test_a_version_is_what_its_manifest_says(versions: Versions, tmp_path: Path) -> None:
    version = publish(versions)
    assert versions.all() == (version,)
    assert versions.current() == version == versions.get(1)
    assert (version.number, version.manifest) == (1, MANIFEST)
    assert version.folder.parent.parent == tmp_path / "cache" / "versions"
    record = json.loads((version.folder / "manifest.json").read_text("utf-8"))
    assert (record["format"], record["number"], record["right"]) == (1, 1, 4)


def test_each_knowledge_folder_has_its_own(versions: Versions, tmp_path: Path) -> None:
    publish(versions)
    assert Versions(tmp_path / "other").all() == ()
    assert numbers(Versions(tmp_path / "other" / ".." / "knowledge")) == [1]


def test_a_whole_version_waits_until_it_is_switched_to(versions: Versions) -> None:
    first = publish(versions)
    second = versions.finish(versions.start(), MANIFEST)
    assert versions.current() == first
    versions.switch(second)
    assert (versions.current(), versions.previous()) == (second, first)


def test_the_previous_one_is_the_one_that_answered_before(versions: Versions) -> None:
    first, second, third = (publish(versions) for _ in range(3))
    versions.switch(first)
    assert (versions.current(), versions.previous()) == (first, third)
    versions.switch(third)
    assert (versions.current(), versions.previous()) == (third, first)
    versions.switch(third)
    assert (versions.current(), versions.previous()) == (third, first)
    assert numbers(versions) == [1, second.number, 3]


def test_half_a_version_is_never_used_and_makes_room(versions: Versions) -> None:
    first = publish(versions)
    half = versions.start()
    half.golden.write_text("[]", encoding="utf-8")
    assert versions.all() == (first,)
    with pytest.raises(KlyngesvarError, match=r"ingen versjon 2: velg en av 1\n"):
        versions.get(2)
    again = versions.start()
    assert (again.number, list(again.folder.iterdir())) == (2, [])


def test_a_version_of_another_format_is_left_alone(versions: Versions) -> None:
    version = publish(versions)
    record = json.loads(version.manifest_file.read_text("utf-8"))
    version.manifest_file.write_text(json.dumps({**record, "format": 2}), encoding="utf-8")
    assert (versions.all(), versions.current()) == ((), None)
    assert versions.start().number == 2
    assert version.manifest_file.exists()


def test_old_versions_go_but_never_the_current_nor_the_previous_one(versions: Versions) -> None:
    for _ in range(KEPT + 3):
        publish(versions)
    versions.switch(versions.get(2))
    versions.prune()
    assert numbers(versions) == [2, 4, 5, 6, 7, 8]
    versions.switch(versions.get(8))
    versions.prune()
    assert numbers(versions) == [2, 4, 5, 6, 7, 8]
    publish(versions)
    versions.prune()
    assert numbers(versions) == [5, 6, 7, 8, 9]


def test_a_version_that_is_being_removed_is_no_version(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = publish(versions)
    monkeypatch.setattr("shutil.rmtree", lambda folder, ignore_errors: None)  # killed before it
    versions.discard(version)
    assert version.folder.exists()
    assert versions.all() == ()
