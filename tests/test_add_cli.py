"""The commands `add` and `new`: what they take, what they print and what they return."""

import argparse
from datetime import date
from pathlib import Path

import pytest
from terminal import nobody, type_in
from test_intake import read

from knowledge import adding
from knowledge.add_cli import add_commands
from knowledge.check import check_folder
from knowledge.errors import KlyngesvarError

PAGE = "{title}\nKlyngeposten\n2024-05-14\nDette er teksten om {title}.\n"


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="klyngesvar")
    add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args([*arguments, "--knowledge", "content"])
    code: int = parsed.run(parsed)
    return code


@pytest.fixture(autouse=True)
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(adding, "extract", read)
    monkeypatch.chdir(tmp_path)
    nobody(monkeypatch)
    (articles := tmp_path / "content" / "articles").mkdir(parents=True)
    for title in ("En", "To"):
        Path(f"{title}.txt").write_text(PAGE.format(title=title), "utf-8")
    return articles


def test_several_files_end_in_a_summary(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "En.txt", "borte.txt", "To.txt", "--yes") == 1
    assert sorted(file.name for file in articles.iterdir()) == ["en.md", "to.md"]
    assert capsys.readouterr().out.endswith(
        "\nlagret / saved: content/articles/to.md\n\nlagret / saved: 2, feil / failed: 1\n"
    )


def test_one_file_needs_no_summary(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", "En.txt", "--yes", "--publisher", "Avisa", "--published", "2023") == 0
    assert capsys.readouterr().out.endswith("\n\nlagret / saved: content/articles/en.md\n")
    text = (articles / "en.md").read_text("utf-8")
    assert text.startswith(
        "---\ntitle: En\npublisher: Avisa\npublished: 2023\nlanguage: nb\n---\n"
    )


def test_without_anybody_to_ask_it_fails(articles: Path) -> None:
    assert run("add", "En.txt") == 1
    assert [*articles.iterdir()] == []


def test_a_title_is_for_one_article(articles: Path) -> None:
    with pytest.raises(KlyngesvarError, match="--title og --published gjelder én artikkel"):
        run("add", "En.txt", "To.txt", "--title", "Rur", "--yes")
    assert [*articles.iterdir()] == []


def test_a_day_that_is_none_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("add", "En.txt", "--since", "i fjor")
    assert "«i fjor» er ingen dag: skriv den slik: 2024-01-01" in capsys.readouterr().err


def test_a_missing_folder_is_explained() -> None:
    Path("content/articles").rmdir()
    with pytest.raises(KlyngesvarError, match="finner ingen mappe content/articles"):
        run("add", "En.txt", "--yes")


def test_a_new_article_is_a_file_that_check_completes(
    articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, "Ny klynge: Ås", "Klyngeposten", "norsk", "nn")
    assert run("new") == 0
    file = articles / "ny-klynge-as.md"
    assert file.read_text("utf-8") == (
        '---\ntitle: "Ny klynge: Ås"\npublisher: Klyngeposten\n'
        "url:\npublished:\nlanguage: nn\n---\n"
    )
    assert capsys.readouterr().out.startswith(
        "Tittel / title: Utgiver / publisher: Språk / language (nb, nn, en): "
        "Språk / language (nb, nn, en): lagret / saved: content/articles/ny-klynge-as.md\n"
    )
    found = check_folder(Path("content"), 2, date(2026, 1, 1))
    assert [(problem.line, problem.nb[:22]) for problem in found.problems] == [
        (4, "«url» er tom: skriv en"),
        (5, "«published» er tom: sk"),
        (7, "brødteksten er tom: sk"),
    ]


def test_new_without_questions(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "--title", "Rur", "--publisher", "Avisa", "--language", "en") == 0
    assert capsys.readouterr().out == (
        "lagret / saved: content/articles/rur.md\n"
        "Skriv teksten under den siste linjen med ---, fyll ut eller slett linjene uten verdi, "
        "og kjør\n"
        "    klyngesvar check\n"
        "Write the text below the last line of ---, fill in or delete the lines without a value, "
        "and run\n"
        "    klyngesvar check\n"
    )
    with pytest.raises(KlyngesvarError, match="finnes fra før og er ikke rørt"):
        run("new", "--title", "Rur", "--publisher", "Avisa", "--language", "en")


def test_new_names_the_option_where_nobody_can_answer(articles: Path) -> None:
    with pytest.raises(KlyngesvarError, match="bruk --language"):
        run("new", "--title", "Rur", "--publisher", "Avisa")
    assert [*articles.iterdir()] == []
