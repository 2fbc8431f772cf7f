from pathlib import Path

import pytest

from knowledge.errors import KlyngesvarError
from knowledge.problems import ContentError
from knowledge.register import read_register
from knowledge.registering import with_cluster
from knowledge.yaml_text import Value

BEFORE = "# Regler\n\n- name:   NCE Tang   # sic\n  aliases: [Tare, TNG]\n  sources: [https://tang.no]\n"
RUR: dict[str, Value] = {"name": "Arena Rur", "sources": ["https://www.example.no/rur"]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (file := tmp_path / "clusters.yaml").write_bytes(BEFORE.encode())
    return file


def test_the_entry_comes_last_and_the_rest_stays(file: Path) -> None:
    text = with_cluster(file, RUR)
    assert text == BEFORE + "\n- name: Arena Rur\n  sources:\n    - https://www.example.no/rur\n"
    assert file.read_bytes() == BEFORE.encode()


def test_a_file_without_a_last_line_end_and_with_those_of_windows(file: Path) -> None:
    before = BEFORE.replace("\n", "\r\n").removesuffix("\r\n").encode()
    file.write_bytes(before)
    text = with_cluster(file, RUR).encode()
    assert text.removeprefix(before).startswith(b"\r\n\r\n- name: Arena Rur\r\n")
    file.write_bytes(text)
    assert [cluster.name for cluster in read_register(file).clusters] == ["NCE Tang", "Arena Rur"]


def test_the_first_entry_makes_the_file(tmp_path: Path) -> None:
    assert with_cluster(tmp_path / "clusters.yaml", RUR).startswith("- name: Arena Rur\n")


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("nce tang", []),
        ("Arena Tang", []),
        ("Tang cluster", []),
        ("Arena Rur", ["Rurklyngen", "TARE"]),
    ],
)
def test_a_known_name_is_refused(file: Path, name: str, aliases: list[str]) -> None:
    with pytest.raises(KlyngesvarError) as error:
        with_cluster(file, {**RUR, "name": name, "aliases": aliases})
    known = aliases[-1] if aliases else name
    assert str(error.value) == (
        f"«{known}» er NCE Tang, som står i registeret: før nye opplysninger opp der\n"
        f'    "{known}" is NCE Tang, which is in the register: add new facts there'
    )


def test_a_longer_name_is_another_cluster(file: Path) -> None:
    assert "- name: NCE Tang Nord\n" in with_cluster(file, {**RUR, "name": "NCE Tang Nord"})


def test_what_is_wrong_in_the_entry_is_told_without_a_place(file: Path) -> None:
    entry: dict[str, Value] = {**RUR, "levels": [{"level": "Senter"}], "website": "rur.no"}
    with pytest.raises(KlyngesvarError) as error:
        with_cluster(file, entry)
    nb, _, *rest = str(error.value).splitlines()
    assert nb.startswith("«level: Senter» finnes ikke: skriv en av Arena, Arena Pro,")
    assert rest == [
        "«rur.no» er ingen nettadresse: skriv hele adressen, slik: https://www.eksempel.no/sak",
        '    "rur.no" is no web address: write all of it, like this: https://www.example.com/news',
    ]


@pytest.mark.parametrize("indent", ["  ", "[{name: Rur, sources: []}]\n# "])
def test_a_file_that_would_no_longer_be_read_is_not_made(file: Path, indent: str) -> None:
    file.write_text(f"{indent}- name: NCE Tang\n{indent}  sources: [https://tang.no]\n", "utf-8")
    with pytest.raises(KlyngesvarError, match="YAML kan ikke leses her"):
        with_cluster(file, {**RUR, "name": "NCE Skjell"})


def test_what_was_wrong_before_is_told_with_its_place(file: Path) -> None:
    file.write_text(BEFORE + "  sted: Bodø\n", "utf-8")
    with pytest.raises(ContentError) as error:
        with_cluster(file, RUR)
    assert [problem.line for problem in error.value.problems] == [6]
