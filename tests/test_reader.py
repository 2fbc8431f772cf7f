from collections.abc import Sequence

import pytest
from fake_index import FakeEncoder, article

from index.calibration import read_calibration
from index.lexical import Lexicon
from index.names import Names
from index.question import understand
from index.reader import LexicalReader, Reading
from index.search import build
from knowledge.articles import Article
from knowledge.glossary import Concept
from knowledge.register import Cluster, make_register

LEXICON = Lexicon(
    [
        Concept("leader", "person", (("nb", "leder"), ("nb", "daglig leder"), ("en", "leads"))),
        Concept("chair", "person", (("nb", "styreleder"), ("en", "chair"))),
        Concept("member", None, (("nb", "medlemmer"), ("nb", "deltakere"), ("en", "members"))),
    ]
)
UNSURE = 0.2
REGISTER = make_register(
    (Cluster("NCE iKuben", ("iKuben",), ()), Cluster("ACT-klyngen", ("ACT",), ()))
)
NEWS = article(
    "news",
    "Dette er bra, sier Lars Maltby, leder av Eyde Center om ACTs status. "
    "ACT har 40 deltakere fra nord.\n"
    "Vi er ulike, sier Hilde Aspås, NCE iKubens daglige leder, i dag.\n",
)
OTHER = article("other", "Norsk fisk har 12 medlemmer og er leder av alt.\n")


def read(text: str, articles: Sequence[Article] = (NEWS, OTHER)) -> list[Reading]:
    names = Names(REGISTER, articles, LEXICON)
    index = build(articles, LEXICON, FakeEncoder(), {}, progress=False)
    found = names.in_question(text)
    question = understand(text, None, LEXICON, found)
    return LexicalReader(index, names, read_calibration("none").passage).read(
        question, index.search(text, 10)
    )


def short(reading: Reading) -> str | None:
    return reading.passage.article.body[slice(*reading.span)] if reading.span else None


@pytest.mark.parametrize(
    ("text", "answer", "opening"),
    [
        ("Who leads NCE iKuben?", "Hilde Aspås", "Vi er ulike"),
        ("hvem leder ikuben", "Hilde Aspås", "Vi er ulike"),
        ("How many members does ACT have?", "40 deltakere", "ACT har"),
    ],
)
def test_the_best_reading(text: str, answer: str, opening: str) -> None:
    best = read(text)[0]
    assert (short(best), best.passage.text[: len(opening)]) == (answer, opening)


def test_who_chairs_a_cluster_does_not_lead_it() -> None:
    board = article("board", "Dette er bra, sier Per Øy, styreleder i ACT, på møtet.\n")
    (reading,) = read("Who leads ACT?", (board,))
    assert dict(reading.features)["elsewhere"] == 1.0
    (reading,) = read("Who is the chair of ACT?", (board,))
    assert dict(reading.features)["elsewhere"] == 0.0


def test_a_role_in_another_organisation_answers_nothing() -> None:
    probabilities = {short(reading): reading.probability for reading in read("Who leads ACT?")}
    assert max(probabilities.values()) < UNSURE


def test_an_article_that_never_names_what_was_asked_is_not_read() -> None:
    assert {reading.passage.article.slug for reading in read("Who leads ACT?")} == {"news"}


def test_probabilities_fall() -> None:
    probabilities = [reading.probability for reading in read("Hvor mange medlemmer?")]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(0 < probability < 1 for probability in probabilities)


def test_who_holds_another_role_does_not_hold_this_one() -> None:
    assert all(r.probability < UNSURE for r in read("Hvem er styreleder i NCE iKuben?"))


def test_another_year_is_no_answer() -> None:
    years = article("years", "ACT fikk 10 medlemmer i 2017.\nACT fikk 20 medlemmer i 2019.\n")
    found = read("Hvor mange medlemmer fikk ACT i 2019?", (years, OTHER))
    assert (short(found[0]), found[0].probability > 0.5) == ("20 medlemmer", True)
    assert found[1].probability < UNSURE


def test_a_question_without_words_has_no_readings() -> None:
    assert read("?") == []
    assert read("🤖") == []


def test_what_stands_beside_in_another_article_is_not_near() -> None:
    before = article("before", "iKuben er i nord.\nDette er en leder\n")
    after = article("after", "Folk i iKuben møttes, sier Live Dal.\nSlik er det.\n")
    (found,) = [
        r for r in read("Hvem er leder i iKuben?", (before, after)) if "Live" in r.passage.text
    ]
    assert (short(found), dict(found.features)["beside"]) == (None, 0.0)


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Om iKuben og andre", True),
        ("## iKuben 2016: medlemmer og mål", True),
        ("Hvem leder iKuben?", True),
        ("Leder i iKuben: Hilde Aspås", False),
        ("Alle i iKuben:", False),
        ("iKuben post@ikuben.example.no", False),
        ("| iKuben | Arena |", False),
        ("- Hilde Aspås i iKuben", False),
    ],
)
def test_a_heading_is_told_from_other_short_lines(line: str, is_heading: bool) -> None:
    (found,) = read("Hvem leder iKuben?", (article("line", f"{line}\n"),))
    assert dict(found.features)["heading"] == float(is_heading)
