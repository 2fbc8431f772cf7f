"""The commands as an editor meets them."""

import argparse
import io
import re
import sys
from pathlib import Path

import pytest
from fake_content import change_leader, use_fake_reader, write_content
from fake_index import FakeEncoder, article, write_article

import index.encoder
from index.publish_cli import add_commands
from index.versions import Versions
from knowledge.errors import KlyngesvarError

NOTHING = (
    "ingenting er publisert ennå: kjør klyngesvar publish\n"
    "    nothing is published yet: run klyngesvar publish"
)


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_fake_reader(monkeypatch)
    monkeypatch.setattr(index.encoder, "load_encoder", FakeEncoder)
    monkeypatch.setattr("index.lock.who_am_i", lambda: "kari@kontor")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return write_content(tmp_path / "knowledge")


def run(knowledge: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="klyngesvar")
    add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args([*arguments, "--knowledge", str(knowledge)])
    code: int = parsed.run(parsed)
    return code


def numbers(knowledge: Path) -> list[int]:
    return [version.number for version in Versions(knowledge).all()]


@pytest.mark.parametrize(
    ("typed", "published"),
    [("j\n", True), ("Ja\n", True), ("y\n", True), ("\n", False), ("n\n", False), ("", False)],
)
def test_at_a_terminal_one_is_asked(
    knowledge: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    published: bool,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    if published:
        assert run(knowledge, "publish") == 0
    else:
        with pytest.raises(KlyngesvarError, match="Ikke publisert"):
            run(knowledge, "publish")
    assert "\nPublisere? / Publish? [j/N] " in capsys.readouterr().out
    assert numbers(knowledge) == ([1] if published else [])


def test_yes_is_not_asked_nor_is_a_script(
    knowledge: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(knowledge, "publish") == 0
    change_leader(knowledge, "Ola Nes")
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert run(knowledge, "publish", "--yes") == 0
    assert "[j/N]" not in capsys.readouterr().out
    assert numbers(knowledge) == [1, 2]


def test_force_publishes_what_is_refused_without_it(knowledge: Path) -> None:
    run(knowledge, "publish")
    write_article(knowledge / "articles", article("stat", "Staten gir hundre kroner.\n"))
    with pytest.raises(KlyngesvarError, match="publiser likevel med --force"):
        run(knowledge, "publish", "--yes")
    assert run(knowledge, "publish", "--force") == 0


def test_versions_are_listed_with_their_marks(
    knowledge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for leader in ("Kari Ås", "Ola Nes", "Liv Vik"):
        change_leader(knowledge, leader)
        run(knowledge, "publish")
    run(knowledge, "rollback")
    capsys.readouterr()
    assert run(knowledge, "versions") == 0
    shown = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "2026-01-31 12:00", capsys.readouterr().out)
    assert shown.splitlines() == [
        "nr.  publisert         av           artikler  riktige svar",
        "no.  published         by           articles  right answers",
        "1    2026-01-31 12:00  kari@kontor  2         2 av / of 2",
        "2    2026-01-31 12:00  kari@kontor  2         2 av / of 2    svarer nå / answers now",
        "3    2026-01-31 12:00  kari@kontor  2         2 av / of 2    forrige / previous",
    ]


def test_rollback_says_what_answers_now(
    knowledge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for leader in ("Kari Ås", "Ola Nes"):
        change_leader(knowledge, leader)
        run(knowledge, "publish")
    capsys.readouterr()
    assert run(knowledge, "rollback") == 0
    assert run(knowledge, "rollback", "2") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Versjon / version 1 svarer nå / answers now",
        "Versjon / version 2 svarer nå / answers now",
    ]


def test_diff_is_from_what_answers_to_what_is_being_written(
    knowledge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(knowledge, "publish")
    capsys.readouterr()
    assert run(knowledge, "diff") == 0
    assert capsys.readouterr().out == (
        "Fra / from versjon / version 1\n"
        "Til / to filene du arbeider i / the working files\n\n"
        "Ingen endringer / nothing changed\n"
    )
    change_leader(knowledge, "Ola Nes")
    assert run(knowledge, "diff") == 0
    assert capsys.readouterr().out.splitlines()[3:] == [
        "Artikler / articles: 0 nye / new, 1 endret / changed, 0 borte / gone",
        "  ~ leder",
        "      - Kari Ås er leder.",
        "      - Kontoret er på Stord.",
        "      + Ola Nes er leder.",
        "Lister / lists: questions.yaml endret / changed",
        "Setninger / passages: 3 → 2",
        "",
        "Kjør klyngesvar publish for å se hvilke svar som endres; den spør før den bytter",
        "    run klyngesvar publish to see which answers change; it asks before it switches",
    ]


def test_diff_of_two_versions_has_their_golden_answers(
    knowledge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for leader in ("Kari Ås", "Ola Nes", "Liv Vik"):
        change_leader(knowledge, leader)
        run(knowledge, "publish")
    capsys.readouterr()
    assert run(knowledge, "diff", "1", "2") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Fra / from versjon / version 1\nTil / to versjon / version 2\n\n")
    assert "      - Kari Ås er leder.\n      + Ola Nes er leder.\n" in shown
    assert "\nEndrede svar / changed answers: 1\n\n  Hvem er leder?\n" in shown
    assert shown.endswith("\nRiktige svar / right answers: 2 av / of 2 → 2 av / of 2\n")
    assert run(knowledge, "diff", "1") == 0
    assert "\n      + Liv Vik er leder.\n" in capsys.readouterr().out


def test_before_anything_is_published_one_is_told_what_to_do(
    knowledge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(knowledge, "versions") == 0
    assert capsys.readouterr().out == NOTHING + "\n"
    with pytest.raises(KlyngesvarError, match=f"^{re.escape(NOTHING)}$"):
        run(knowledge, "diff")
    with pytest.raises(KlyngesvarError, match="ingen tidligere versjon"):
        run(knowledge, "rollback")
    with pytest.raises(KlyngesvarError, match="ingen versjon 3: velg en av -"):
        run(knowledge, "diff", "3")


def test_what_the_disk_refuses_is_one_sentence(
    knowledge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KLYNGESVAR_CACHE", str(tmp_path / "file"))
    with pytest.raises(KlyngesvarError, match=r"file/versions/.*: Not a directory\. Er disken"):
        run(knowledge, "publish")


@pytest.mark.parametrize("command", ["publish", "versions", "rollback", "diff"])
def test_help_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(Path(), command, "--help")
    shown = capsys.readouterr().out
    assert re.search(rf"\neksemp(el|ler) / examples?:\n  klyngesvar {command}", shown)
