"""Whether the person who is the answer has left, by a register of two clusters."""

from pathlib import Path

import pytest
from fake_engine import make_engine
from fake_index import LEADER, answer, quote

from index.answer import Answer
from index.departures import Departure, find_departure
from index.lexical import Lexicon
from index.names import Names
from index.question import understand
from index.record import as_json
from knowledge.glossary import read_glossary
from knowledge.register import Cluster, Leader, make_register

LEXICON = Lexicon(read_glossary(Path("knowledge/glossary.yaml")))
LEADERS = (
    Leader("Hilde Aspås", "daglig leder", 2012, 2021, (2017,), "https://ikuben.no/slutt"),
    Leader("Birger Holo", "styreleder", None, 2019),
    Leader("Birger Holo", "prosjektleder", None, 2011),
    Leader("Kari Ås", "styreleder", 2019, None, (2020,)),
)
REGISTER = make_register(
    (
        Cluster(
            "NCE iKuben",
            ("iKuben",),
            (),
            leaders=LEADERS,
            sources=("https://a.no", "https://b.no"),
        ),
        Cluster("Arctic Cluster Team", ("ACT",), ()),
    )
)
HILDE = Departure("Hilde Aspås", "daglig leder", 2012, 2021, "https://ikuben.no/slutt")


def named(text: str | None) -> Answer:
    return answer(quote(LEADER, "Kari Ås er leder."), text=text)


def found(question: str, text: str | None) -> Departure | None:
    names = Names(REGISTER, (), LEXICON).in_question(question)
    understood = understand(question, None, LEXICON, names)
    return find_departure(named(text), understood, REGISTER, LEXICON)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who leads NCE iKuben?", "Hilde Aspås"),
        ("Hvem er direktør i iKuben?", "hilde aspås"),
        ("Kven er dagleg leiar i ikubn?", "HILDE ASPÅS"),
        ("Hvem sa dette om iKuben?", "lederen Hilde Aspås"),
    ],
)
def test_somebody_who_left_is_found(question: str, text: str) -> None:
    assert found(question, text) == HILDE


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who leads ACT?", "Hilde Aspås"),  # another cluster
        ("Who leads it?", "Hilde Aspås"),  # no cluster
        ("Who chairs the board of iKuben?", None),  # nobody is the answer
        ("Hvem er styreleder i iKuben?", "Kari Ås"),  # has not left
        ("Hvem er styreleder i iKuben?", "Hilde Aspås"),  # another role
        ("Hvem leder iKuben?", "Mathilde Aspås"),
        ("Hvem leder iKuben?", "Aspås"),
    ],
)
def test_nobody_else_is(question: str, text: str | None) -> None:
    assert found(question, text) is None


def test_the_role_asked_about_decides_then_the_year() -> None:
    board = Departure("Birger Holo", "styreleder", None, 2019, "https://a.no")
    assert found("Hvem er styreleder i iKuben?", "Birger Holo") == board
    assert found("Hvem var med i iKuben?", "Birger Holo") == board
    project = found("Hvem er prosjektleder i iKuben?", "Birger Holo")
    assert project == Departure("Birger Holo", "prosjektleder", None, 2011, "https://a.no")


def test_a_follow_up_is_about_the_cluster_that_was_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaders = (
        "leaders: [{name: Hilde Aspås, role: daglig leder, from: 2012, to: 2021}], "
        "sources: [https://ikuben.no/slutt]"
    )
    monkeypatch.setattr(
        "fake_engine.REGISTER",
        f"- {{name: NCE iKuben, aliases: [iKuben], {leaders}}}\n"
        "- {name: Arctic Cluster Team, aliases: [ACT], sources: [https://act.no]}\n",
    )
    engine = make_engine(tmp_path, monkeypatch)
    first = engine.reply("Who leads NCE iKuben?", None, None)
    assert first.departure == HILDE
    moved = engine.reply("hva med ACT?", None, first.memory)
    assert moved.departure is None
    back = engine.reply("what about iKuben?", None, moved.memory)
    assert (back.answer.text, back.departure) == ("Hilde Aspås", HILDE)
    pronoun = engine.reply("Who leads them?", None, back.memory)
    assert (pronoun.understood, pronoun.departure) == ("NCE iKuben · who leads", HILDE)
    assert "departure" not in as_json(first.answer, None)
