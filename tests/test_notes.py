from datetime import date
from pathlib import Path

import pytest

from knowledge.articles import read_articles
from knowledge.glossary import Concept
from knowledge.notes import Content, notes
from knowledge.register import Cluster, Leader, Register, make_register
from knowledge.report import Finding

TODAY = date(2026, 11, 27)
ROLES = (Concept("leader", "person", (("nb", "daglig leder"),)),)
TANG = make_register(
    (Cluster("NCE Tang", (), (), leaders=(Leader("Kari Nes", "leder", end=2021),)),)
)
TEXT = (
    "– Vi i NCE Tang har fått tre millioner kroner til å dyrke mer tare, sier daglig leder Ola Li."
)


def write(folder: Path, slug: str, body: str, keys: str = "") -> None:
    (folder / "articles").mkdir(exist_ok=True)
    head = f"---\ntitle: Tittel\npublisher: Avisa\nlanguage: nb\n{keys}---\n"
    (folder / "articles" / f"{slug}.md").write_text(f"{head}{body}\n", "utf-8")


def found(folder: Path, register: Register | None = TANG, years: int = 2) -> list[Finding]:
    content = Content(folder, read_articles(folder / "articles"), register, ROLES)
    return list(notes(content, years, TODAY))


def test_a_reprint(tmp_path: Path) -> None:
    write(tmp_path, "melding", TEXT)
    write(tmp_path, "opptrykk", f"{TEXT} Foto: Ola Li.")
    (note,) = found(tmp_path)
    assert (note.severity, note.code, note.file, note.line) == (
        "note",
        "near-copy",
        tmp_path / "articles/opptrykk.md",
        1,
    )
    assert note.nb.startswith("har 100 % av ordlyden felles med melding.md: behold bare den ene")
    assert note.details == ("+ Foto: Ola Li.",)


def test_an_article_without_a_registered_cluster(tmp_path: Path) -> None:
    write(tmp_path, "annen", "Vi i NCE Kelp dyrker tare.")
    write(tmp_path, "tang", "Først dette.\n\nVi i NCE Tang dyrker tang.")
    assert [(note.code, note.file) for note in found(tmp_path)] == [
        ("no-cluster", tmp_path / "articles/annen.md")
    ]
    assert found(tmp_path, register=None) == []


def test_an_explainer_need_not_name_a_cluster(tmp_path: Path) -> None:
    write(tmp_path, "annen", "Klynger er bra.", "sources: [https://example.no/om]\n")
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("keys", "years", "is_old"),
    [
        ("published: 2024-11-26\n", 2, True),
        ("published: 2024-11-28\n", 2, False),
        ("published: 2024-11\n", 2, False),
        ("published: 2023\n", 2, True),
        ("published: 2023\n", 3, False),
        ("published: 2017\nchecked: 2026-01-31\n", 2, False),
        ("published: 2017\nchecked: 2020-01-31\n", 2, True),
        ("", 2, False),
    ],
)
def test_an_old_article_about_somebody_in_a_role(
    tmp_path: Path, keys: str, years: int, is_old: bool
) -> None:
    write(tmp_path, "tang", f"Innledning.\n\n{TEXT}", keys)
    assert [note.code for note in found(tmp_path, years=years)] == ["old-role"] * is_old


def test_an_old_role_says_where_and_since_when(tmp_path: Path) -> None:
    write(tmp_path, "tang", "Nytt:\n\nDaglig leder Ola Li i NCE Tang.", "published: 2017\n")
    (note,) = found(tmp_path)
    assert note.line == 9
    assert note.nb.startswith("er fra 2017, og sier hvem som har et verv")
    assert note.details == ("Nytt: Daglig leder Ola Li i NCE Tang.",)


def test_who_is_known_to_have_left_is_not_told_of(tmp_path: Path) -> None:
    write(tmp_path, "tang", TEXT.replace("Ola Li", "Kari Nes"), "published: 2017\n")
    assert found(tmp_path) == []


def test_mistakable_names_stand_at_their_entry(tmp_path: Path) -> None:
    write(tmp_path, "tang", "Tang.")
    register = make_register(
        (
            Cluster("Hvilke", ("Sjøen",), (), line=2),
            Cluster("Tare", ("Sjøen",), (), line=9),
        )
    )
    write(tmp_path, "tang", "Vi i Tare dyrker.")
    assert [(note.code, note.file, note.line) for note in found(tmp_path, register)] == [
        ("shared-name", tmp_path / "clusters.yaml", 9),
        ("common-word", tmp_path / "clusters.yaml", 2),
    ]
