"""The command `check`: what it prints and what it returns."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fake_site import PUBLIC, Page, internet, running_site

from knowledge.cli import add_commands

ARTICLE = "---\ntitle: Om iKuben\npublisher: Klyngeposten\nlanguage: nb\n---\nKari Ås leder den.\n"
CLUSTERS = "- name: NCE iKuben\n  sources: [https://ikuben.no]\n"
GLOSSARY = "leader:\n  asks: person\n  nb: [leder]\n  nn: [leiar]\n  en: [leads]\n"
QUESTIONS = """\
- id: leder
  question: Hvem leder klyngen?
  language: nb
  proofs: [{article: klynge, proof: Kari Ås leder den., answers: [Kari Ås]}]
"""


def check(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="klyngesvar")
    add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["check", *arguments])
    code: int = parsed.run(parsed)
    return code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder in which all is in order."""
    (tmp_path / "articles").mkdir()
    for name, text in (
        ("articles/klynge.md", ARTICLE),
        ("clusters.yaml", CLUSTERS),
        ("glossary.yaml", GLOSSARY),
        ("questions.yaml", QUESTIONS),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_all_in_order_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--knowledge", str(folder)) == 0
    assert capsys.readouterr().out == (
        "1 artikler, 1 klynger, 1 begreper, 1 spørsmål: alt i orden / all in order\n"
    )


def test_articles_are_enough(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("clusters.yaml", "glossary.yaml", "questions.yaml"):
        (folder / name).unlink()
    assert check("--knowledge", str(folder)) == 0
    assert capsys.readouterr().out == "1 artikler: alt i orden / all in order\n"


def test_the_problems_of_every_file_come_together(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder / "articles" / "klynge.md", "language: nb", "language: no")
    spoil(folder / "clusters.yaml", "name", "nme")
    spoil(folder / "glossary.yaml", "person", "people")
    spoil(folder / "questions.yaml", "[Kari Ås]", "[Ola]")
    assert check("--knowledge", str(folder)) == 1
    printed = capsys.readouterr().out.splitlines()
    places = [line.removeprefix(f"{folder}/").split(" ")[0] for line in printed[:-1:2]]
    assert places == [
        "articles/klynge.md:4:",
        "clusters.yaml:1:",
        "clusters.yaml:1:",
        "glossary.yaml:2:",
        "questions.yaml:4:",
    ]
    assert printed[-1] == "5 ting å rette / to put right: 5"
    assert printed[-3:-1] == [
        f"{folder}/questions.yaml:4: svaret «Ola» står ikke i proof: skriv det slik det står der",
        '    the answer "Ola" is not in the proof: write it as it stands there',
    ]


def test_a_folder_of_loose_articles_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "klynge.md").write_text(ARTICLE, encoding="utf-8")
    assert check("--knowledge", str(tmp_path)) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path} har .md-filer, men ingen mappe articles/: lag mappen og flytt artiklene dit",
        f"    {tmp_path} holds .md files but no folder articles/: "
        "make the folder and move the articles there",
        "1 ting å rette / to put right: 1",
    ]


def test_missing_articles_do_not_blame_the_questions(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "articles" / "klynge.md").unlink()
    assert check("--knowledge", str(folder)) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{folder}/articles er tom: legg inn en artikkel, som vist i knowledge/README.md",
        f"    {folder}/articles is empty: add an article, as shown in knowledge/README.md",
        "1 ting å rette / to put right: 1",
    ]


def test_the_kept_content_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["problems"] == []
    # Articles grow old by themselves, and no test should break on a certain day.
    assert [note for note in told["notes"] if note["code"] != "old-role"] == []


def test_notes_are_no_reason_to_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder / "articles" / "klynge.md", "title: Om iKuben", "title: NCE Tang")
    assert check("--knowledge", str(folder)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 artikler, 1 klynger, 1 begreper, 1 spørsmål: alt i orden / all in order",
        "",
        "1 ting å se på / to look at: 1",
        f"{folder}/articles/klynge.md:1: nevner ingen klynge i registeret: mangler klyngen eller "
        "navnet der, før det opp i clusters.yaml",
        "    names no cluster of the register: if the cluster or its name is missing there, "
        "add it to clusters.yaml",
    ]


def test_problems_for_a_pull_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder / "questions.yaml", "[Kari Ås]", "[Ola]")
    assert check("--knowledge", str(folder), "--format", "github") == 1
    assert capsys.readouterr().out == (
        f"::error file={folder}/questions.yaml,line=4::svaret «Ola» står ikke i proof: skriv det "
        'slik det står der%0Athe answer "Ola" is not in the proof: write it as it stands there\n'
    )


def test_how_old_is_old_is_a_choice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder / "articles" / "klynge.md", "language", "published: 2017\nlanguage")
    spoil(
        folder / "articles" / "klynge.md",
        "Kari Ås leder den.",
        "Kari Ås leder den. Leder: Per Bø.",
    )
    for years, codes in (("2", ["old-role"]), ("99", [])):
        assert check("--knowledge", str(folder), "--stale", years, "--format", "json") == 0
        notes = json.loads(capsys.readouterr().out)["notes"]
        assert [note["code"] for note in notes] == codes


@pytest.mark.parametrize("years", ["to", "-1", "2.5", "1000"])
def test_a_number_of_years_that_is_none(years: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        check(f"--stale={years}")
    assert "skriv et helt antall år, 0-99 / write whole years, 0-99" in capsys.readouterr().err


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        check("--help")
    assert stopped.value.code == 0
    assert "  klyngesvar check --knowledge ../andre-klynger\n" in capsys.readouterr().out


def test_importing_the_commands_loads_nothing_heavy() -> None:
    code = (
        "import sys, knowledge.cli\n"
        "heavy = {'torch', 'transformers', 'faiss', 'rapidfuzz', 'telegram'}\n"
        "print(sorted(heavy & {*sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_links_are_tried_when_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_site() as site:
        names = {"example.no": [PUBLIC], "ikuben.no": [PUBLIC]}
        internet(monkeypatch, site, names)
        site.pages["/"] = Page(status=503)
        spoil(folder / "articles" / "klynge.md", "language", "url: http://example.no/a\nlanguage")
        spoil(folder / "clusters.yaml", "https://ikuben.no", "http://ikuben.no")
        assert check("--knowledge", str(folder)) == 0
        assert site.asked == []
        capsys.readouterr()
        assert check("--knowledge", str(folder), "--links") == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[:3] == [
        f"{folder}/articles/klynge.md:4: http://example.no/a finnes ikke lenger (404): "
        "finn den nye adressen, eller en annen kilde",
        "    http://example.no/a is gone (404): find its new address, or another source",
        "1 ting å rette / to put right: 1",
    ]
    assert (
        f"{folder}/clusters.yaml:2: http://ikuben.no svarer 503 i dag: prøv igjen en annen dag"
        in printed[5:]
    )
