import json
from pathlib import Path

import pytest

from knowledge.errors import KlyngesvarError
from knowledge.problems import Problem
from knowledge.report import Finding, Report, as_json, error_of, for_github, for_people

ERROR = Finding("error", "article", "feil", "wrong", Path("a/x,1:2.md"), 3)
NOTE = Finding(
    "note", "near-copy", "100 % likt", "100 % alike", Path("a/y.md"), 1, ("+ En.", "- To.")
)
BOTH = Report((ERROR, NOTE), ("2 artikler",))


def test_people_read_problems_then_notes() -> None:
    assert for_people(BOTH).splitlines() == [
        "a/x,1:2.md:3: feil",
        "    wrong",
        "1 ting å rette / to put right: 1",
        "",
        "1 ting å se på / to look at: 1",
        "a/y.md:1: 100 % likt",
        "    100 % alike",
        "    + En.",
        "    - To.",
    ]


def test_notes_alone_are_in_order() -> None:
    printed = for_people(Report((NOTE,), ("2 artikler", "1 klynger")))
    assert printed.startswith(
        "2 artikler, 1 klynger: alt i orden / all in order\n\n1 ting å se på"
    )


def test_of_many_notes_of_a_kind_the_first_are_shown() -> None:
    many = [Finding("note", "no-cluster", f"nb{at}", f"en{at}") for at in range(12)]
    printed = for_people(Report((*many, NOTE), ())).splitlines()
    assert printed[2] == "13 ting å se på / to look at: 13"
    assert printed[3:23:2] == [f"nb{at}" for at in range(10)]
    assert printed[23:26] == [
        "... og 2 til av samme slag: --format json viser alle",
        "    ... and 2 more of this kind: --format json shows all",
        "a/y.md:1: 100 % likt",
    ]


def test_json_has_every_field() -> None:
    told = json.loads(
        as_json(Report((NOTE, error_of("article", KlyngesvarError("a\n    b"))), ()))
    )
    assert told["problems"] == [
        {
            "file": None,
            "line": None,
            "severity": "error",
            "code": "article",
            "nb": "a",
            "en": "b",
            "details": [],
        }
    ]
    assert told["notes"] == [
        {
            "file": "a/y.md",
            "line": 1,
            "severity": "note",
            "code": "near-copy",
            "nb": "100 % likt",
            "en": "100 % alike",
            "details": ["+ En.", "- To."],
        }
    ]


def test_github_commands_are_escaped() -> None:
    assert for_github(BOTH).splitlines() == [
        "::error file=a/x%2C1%3A2.md,line=3::feil%0Awrong",
        "::warning file=a/y.md,line=1::100 %25 likt%0A100 %25 alike%0A+ En.%0A- To.",
    ]


def test_github_is_told_of_what_has_no_place() -> None:
    report = Report((error_of("article", KlyngesvarError("ingen: mappe\n    no folder")),), ())
    assert for_github(report) == "::error::ingen: mappe%0Ano folder\n"


def test_a_problem_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    finding = error_of("register", Problem(tmp_path / "clusters.yaml", 7, "feil", "wrong"))
    assert str(finding) == "clusters.yaml:7: feil\n    wrong"
