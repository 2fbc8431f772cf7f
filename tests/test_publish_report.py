"""What editors read, to the letter."""

from collections.abc import Iterable

import pytest
from test_golden import CLAIMED, NONE, REFUSED, RIGHT, WRONG, unsure

from index.difference import ArticleChange, Difference
from index.golden import Change
from index.publish_report import content_lines, golden_lines, score_line

DIFFERENCE = Difference(
    (
        ArticleChange("gammel", "-", ("title: Nytt", "Kari leder."), ()),
        ArticleChange("leder", "~", ("published: 2017", "Kari leder."), ("Ola leder.",)),
        ArticleChange("ny", "+", (), ("title: Nytt", "Det er sjø.", "Det er vått.")),
    ),
    ("clusters.yaml", "questions.yaml"),
    (12, 13),
)


def text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def test_articles_are_listed_with_what_changed_in_them() -> None:
    assert text(content_lines(DIFFERENCE, is_full=True)) == (
        "Artikler / articles: 1 nye / new, 1 endret / changed, 1 borte / gone\n"
        "  - gammel (2 linjer / lines)\n"
        "  ~ leder\n"
        "      - published: 2017\n"
        "      - Kari leder.\n"
        "      + Ola leder.\n"
        "  + ny (3 linjer / lines)\n"
        "Lister / lists: clusters.yaml, questions.yaml endret / changed\n"
        "Setninger / passages: 12 → 13\n"
    )


def test_in_short_only_their_names_are() -> None:
    shown = text(content_lines(DIFFERENCE, is_full=False))
    assert "  ~ leder\n  + ny (3 linjer / lines)\n" in shown


@pytest.mark.parametrize(("columns", "width"), [("80", 37), ("30", 20), ("300", 52)])
def test_both_answers_stand_side_by_side(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    heading, question, *lines = golden_lines([Change(RIGHT, WRONG)])
    assert (heading, question) == ("\nMistede svar / answers lost: 1", "\n  Hvem?")
    columns_of = [(line[4 : 4 + width].rstrip(), line[6 + width :]) for line in lines]
    assert columns_of == PAIRS[width]


PAIRS = {
    37: [
        ("FØR / BEFORE: riktig / right", "NÅ / NOW: feil / wrong"),
        ("Kari", "Ola"),
        ("«Kari leder.»", "«Ola leder.»"),
        ("(leder)", "(leder)"),
    ],
    20: [
        ("FØR / BEFORE: riktig", "NÅ / NOW: feil /"),
        ("/ right", "wrong"),
        ("Kari", "Ola"),
        ("«Kari leder.»", "«Ola leder.»"),
        ("(leder)", "(leder)"),
    ],
}
PAIRS[52] = PAIRS[37]


def test_kinds_are_told_apart_the_worst_first() -> None:
    changes = [Change(NONE, RIGHT), Change(REFUSED, CLAIMED), Change(RIGHT, NONE)]
    headings = [line for line in golden_lines(changes) if line[1:2].isalpha()]
    assert headings == [
        "\nMistede svar / answers lost: 1",
        "\nBlir feil, uten forbehold / become wrong without reservation: 1",
        "\nNye svar / new answers: 1",
    ]


def test_nothing_beside_an_answer_is_said_to_be_none() -> None:
    assert [*golden_lines([Change(NONE, unsure(RIGHT))])][2:4] == [
        f"    {'FØR / BEFORE: ikke svar / no answer':37}  NÅ / NOW: riktig / right?",
        f"    {'':37}  Kari",
    ]


def test_scores_are_compared_where_there_were_any() -> None:
    shown = score_line((RIGHT,), (RIGHT, WRONG))
    assert shown == "Riktige svar / right answers: 1 av / of 1 → 1 av / of 2"
    assert score_line((), (RIGHT, WRONG)) == "Riktige svar / right answers: 1 av / of 2"
    assert score_line((RIGHT,), ()) == "Ingen prøvespørsmål / no golden questions"
