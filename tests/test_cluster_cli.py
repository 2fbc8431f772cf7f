"""The command `cluster add`: what it asks, prints and returns."""

import argparse
from pathlib import Path

import pytest
from terminal import interrupt, nobody, type_in

from knowledge.cluster_cli import add_commands
from knowledge.errors import KlyngesvarError
from knowledge.register import Level, read_register

BEFORE = "# Regler\n- {name: NCE Tang, sources: [https://tang.no]}\n"
FULL = """\
- name: Arena Rur
  aliases:
    - Rurklyngen
    - Rur Cluster
  levels:
    - {level: Arena Pro, from: 2019}
    - {level: NCE}
  place: Bodø
  website: https://www.example.no
  sources:
    - https://www.example.no/a
    - https://www.example.no/b
"""


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="klyngesvar")
    add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["cluster", "add", *arguments, "--knowledge", "content"])
    code: int = parsed.run(parsed)
    return code


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    nobody(monkeypatch)
    (tmp_path / "content").mkdir()
    (file := tmp_path / "content" / "clusters.yaml").write_text(BEFORE, "utf-8")
    return file


def test_what_is_not_given_is_asked_for(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(
        monkeypatch,
        "",
        "Arena Rur",
        "Rurklyngen, Rur Cluster,",
        "Arena Pro 2019, NCE",
        "Bodø",
        "https://www.example.no",
        "https://www.example.no/a https://www.example.no/b",
        "j",
    )
    assert run() == 0
    assert capsys.readouterr().out == (
        "Navn / name: Navn / name: Andre navn / other names (A, B): "
        "Nivåer / levels (Arena 2014, NCE 2019): Sted / place: "
        "Nettsted / website (https://...): Kilde / source (https://...): "
        f"\n{FULL}\nLagre? / Save? [j/N]: lagret / saved: content/clusters.yaml\n"
    )
    assert file.read_text("utf-8") == f"{BEFORE}\n{FULL}"
    assert read_register(file).clusters[1].levels == (
        Level("Arena Pro", 2019, None),
        Level("NCE", None, None),
    )


def test_what_is_left_out_is_not_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, "", "", "", "", "https://www.example.no/a", "j")
    assert run("--name", "Arena Rur") == 0
    assert file.read_text("utf-8") == (
        f"{BEFORE}\n- name: Arena Rur\n  sources:\n    - https://www.example.no/a\n"
    )


def test_scripts_are_asked_nothing(file: Path) -> None:
    arguments = ["--name", "Arena Rur", "--source", "https://www.example.no/a"]
    assert run(*arguments, "--place", "Bodø", "--yes") == 0
    assert "  place: Bodø\n" in file.read_text("utf-8")


def test_without_a_yes_nothing_is_saved(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["--name", "Arena Rur", "--source", "https://www.example.no/a"]
    with pytest.raises(KlyngesvarError, match="bruk --yes"):
        run(*arguments)
    type_in(monkeypatch, "", "", "", "", "n")
    assert run(*arguments) == 0
    interrupt(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        run(*arguments)
    assert file.read_text("utf-8") == BEFORE


def test_facts_need_a_source(file: Path) -> None:
    with pytest.raises(KlyngesvarError, match="bruk --source"):
        run("--name", "Arena Rur", "--yes")
    assert file.read_text("utf-8") == BEFORE


def test_a_known_cluster_is_refused_before_anybody_is_asked(file: Path) -> None:
    with pytest.raises(KlyngesvarError, match="«Arena Tang» er NCE Tang, som står i registeret"):
        run("--name", "Arena Tang", "--source", "https://www.example.no/a")
    assert file.read_text("utf-8") == BEFORE


def test_the_first_cluster_makes_the_register(file: Path) -> None:
    file.unlink()
    assert run("--name", "Rur", "--source", "https://www.example.no/a", "--yes") == 0
    assert [cluster.name for cluster in read_register(file).clusters] == ["Rur"]


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    assert '  klyngesvar cluster add --name "NCE Tang" --aliases' in capsys.readouterr().out
