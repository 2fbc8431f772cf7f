"""The command `golden`, with an engine that knows its answers by heart."""

import argparse
import io
import sys
from pathlib import Path

import pytest
from fake_engine import make_engine

import index.engine
from index.cli import add_commands
from index.engine import Engine
from knowledge.errors import KlyngesvarError

WHO = "Who leads NCE iKuben?"
PROVEN = """\
- id: who-leads-nce-ikuben-en
  question: Who leads NCE iKuben?
  language: en
  proofs:
    - article: leder
      proof: Hilde Aspås leder NCE iKuben.
"""
ANSWERS = "      answers: [Hilde Aspås]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge folder without questions, and no engine until one is asked for."""
    make_engine(tmp_path, monkeypatch)
    monkeypatch.delattr(index.engine, "load_engine")
    return tmp_path


@pytest.fixture
def engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.undo()
    engine = make_engine(folder, monkeypatch)
    monkeypatch.setattr(index.engine, "load_engine", lambda knowledge, progress: engine)
    return engine


def run(folder: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="klyngesvar")
    add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["golden", "--knowledge", str(folder), *arguments])
    code: int = parsed.run(parsed)
    return code


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def written(folder: Path) -> str | None:
    file = folder / "questions.yaml"
    return file.read_text("utf-8") if file.exists() else None


@pytest.mark.parametrize(
    ("typed", "answers"),
    [("", ANSWERS), ("-", ""), ("Aspås", "      answers: [Aspås]\n")],
)
def test_the_chosen_quote_is_the_proof_and_the_reader_s_words_the_answer(
    folder: Path,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    answers: str,
) -> None:
    typing(monkeypatch, "1", typed)
    assert run(folder, *WHO.split()) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("1  leder\n   Hilde Aspås leder NCE iKuben.\n\n")
    assert "[Hilde Aspås]: " in shown
    assert shown.endswith(f"written in {folder}/questions.yaml:\n\n{PROVEN}{answers}")
    assert written(folder) == PROVEN + answers


def test_what_will_not_do_is_asked_for_again(
    folder: Path,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typing(monkeypatch, "", "2", "1", "Hilde Aspas", "Hilde Aspås")
    assert run(folder, WHO) == 0
    shown = capsys.readouterr().out
    assert shown.count("skriv et tall fra 1 til 1; svarer ingen av dem, avbryt med Ctrl-C\n") == 2
    assert shown.count("det står ikke ordrett i sitatet: skriv det slik det står der\n") == 1
    assert written(folder) == PROVEN + ANSWERS


def test_nobody_there_to_choose_writes_nothing(
    folder: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, "1")
    with pytest.raises(KlyngesvarError, match=r"^ingenting er skrevet: uten noen til å velge"):
        run(folder, WHO)
    assert written(folder) is None


def test_ctrl_c_writes_nothing(
    folder: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(folder, WHO)
    assert written(folder) is None


def test_where_nothing_is_found_there_is_nothing_to_choose(folder: Path, engine: Engine) -> None:
    with pytest.raises(KlyngesvarError, match=r"^fant ingen sitater: skriv --article og --proof"):
        run(folder, "Hvem eier NCE iKuben?")


def test_a_given_proof_needs_no_engine(folder: Path) -> None:
    given = ("--article", "leder", "--proof", " Hilde Aspås leder NCE iKuben. ")
    assert run(folder, WHO, *given, "--answer", "Hilde Aspås") == 0
    assert written(folder) == PROVEN + ANSWERS


def test_a_question_without_an_answer_says_why(folder: Path) -> None:
    assert run(folder, "Kva  tener\nleiaren?", "--unanswerable", "missing fact") == 0
    assert written(folder) == (
        "- id: kva-tener-leiaren-nn\n  question: Kva tener leiaren?\n  language: nn\n"
        "  unanswerable: missing fact\n"
    )


def test_a_known_question_is_refused_before_anything_is_asked(folder: Path) -> None:
    (folder / "questions.yaml").write_text(PROVEN, encoding="utf-8")
    with pytest.raises(KlyngesvarError, match="med id «who-leads-nce-ikuben-en»"):
        run(folder, "who leads NCE iKuben")
    assert written(folder) == PROVEN


@pytest.mark.parametrize(
    "given",
    [
        ("--article", "leder"),
        ("--proof", "Hilde Aspås"),
        ("--answer", "Hilde Aspås"),
        ("--unanswerable", "small talk", "--answer", "Hilde Aspås"),
        ("--unanswerable", "small talk", "--article", "leder", "--proof", "Hilde Aspås"),
    ],
)
def test_what_does_not_go_together_is_refused(folder: Path, given: tuple[str, ...]) -> None:
    with pytest.raises(KlyngesvarError, match=r"^skriv --article og --proof sammen"):
        run(folder, WHO, *given)
    assert written(folder) is None


@pytest.mark.parametrize("text", [" ", "Hv\udce5r?"])
def test_what_is_no_question_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(KlyngesvarError, match=r"^spørsmålet er tomt eller har ødelagte tegn"):
        run(folder, text)


def test_help_shows_examples(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(folder, "--help")
    assert "\neksempler / examples:\n  klyngesvar golden" in capsys.readouterr().out
