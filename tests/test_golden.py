from dataclasses import replace
from pathlib import Path

import pytest
from fake_content import Desk, use_fake_reader, write_content

from index.engine import load_version
from index.golden import (
    Change,
    GoldenAnswer,
    ask_golden,
    compare_golden,
    count_right,
    read_golden,
    write_golden,
)
from index.versions import Version, Versions
from knowledge.questions import GoldenQuestion, Proof

RIGHT = GoldenAnswer("Hvem?", True, "answer", "Kari", "Kari leder.", "leder", is_right=True)
WRONG = replace(RIGHT, text="Ola", quote="Ola leder.", is_right=False)
NONE = GoldenAnswer("Hvem?", True, "none", None, None, None, is_right=False)
REFUSED = replace(NONE, is_answerable=False, is_right=True)
CLAIMED = replace(WRONG, is_answerable=False)


def unsure(answer: GoldenAnswer) -> GoldenAnswer:
    return replace(answer, verdict="maybe")


@pytest.mark.parametrize(
    ("before", "after", "kind", "is_harm"),
    [
        (RIGHT, WRONG, "lost", True),
        (RIGHT, NONE, "lost", True),
        (RIGHT, unsure(WRONG), "lost", True),
        (unsure(RIGHT), NONE, "lost", True),
        (RIGHT, unsure(RIGHT), "changed", False),
        (RIGHT, replace(RIGHT, quote="Kari leder nå."), "changed", False),
        (NONE, WRONG, "firm", True),
        (unsure(WRONG), WRONG, "firm", True),
        (WRONG, replace(WRONG, text="Liv"), "changed", False),
        (WRONG, NONE, "changed", False),
        (NONE, RIGHT, "new", False),
        (NONE, unsure(WRONG), "new", False),
        (REFUSED, CLAIMED, "firm", True),
        (unsure(CLAIMED), CLAIMED, "firm", True),
        (REFUSED, unsure(CLAIMED), "new", False),
        (CLAIMED, REFUSED, "changed", False),
    ],
)
def test_what_a_change_is(
    before: GoldenAnswer, after: GoldenAnswer, kind: str, is_harm: bool
) -> None:
    change = Change(before, after)
    assert (change.kind, change.is_harm) == (kind, is_harm)


def test_only_questions_that_both_were_asked_and_that_differ_are_changes() -> None:
    other, new = (replace(RIGHT, question=question) for question in ("Hvor?", "Når?"))
    before = (other, RIGHT, replace(NONE, question="Borte?"))
    assert compare_golden(before, (WRONG, new, other)) == (Change(RIGHT, WRONG),)


def test_answers_are_read_as_they_were_written(tmp_path: Path) -> None:
    answers = (replace(RIGHT, quote="Åse sier «ja».\n"), NONE)
    write_golden(tmp_path / "golden.json", answers)
    assert read_golden(tmp_path / "golden.json") == answers
    assert count_right(answers) == 1


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Version, Desk]:
    use_fake_reader(monkeypatch)
    desk = Desk(write_content(tmp_path / "knowledge"))
    desk.publisher().publish(is_forced=False)
    current = Versions(desk.knowledge).current()
    assert current
    return current, desk


def test_an_engine_is_judged_by_the_proofs_it_is_given(version: tuple[Version, Desk]) -> None:
    current, desk = version
    engine = load_version(current, desk.load_encoder())
    asked = GoldenQuestion("a", "Hvem er leder?", "nb", (Proof("leder", "er leder", ()),), None)
    moved = replace(asked, proofs=(Proof("leder", "Kontoret er", ()),))
    said = replace(asked, proofs=(Proof("leder", "er leder", ("leder",)),))
    found = ask_golden((asked, moved, said), engine.index.articles, engine, "1")
    assert [answer.is_right for answer in found] == [True, False, False]
    assert found[0] == GoldenAnswer(
        "Hvem er leder?", True, "answer", "Kari Ås", "Kari Ås er leder.", "leder", True
    )
    assert read_golden(current.golden)[0] == found[0]
