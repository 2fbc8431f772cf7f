import pytest
from fake_index import asked_of

from index.answer_kind import AnswerKind, kind_of
from index.lexical import Lexicon
from knowledge.glossary import Concept
from knowledge.names import Mention

LEXICON = Lexicon(
    [
        Concept("leader", "person", (("nb", "leder"), ("en", "leader"))),
        Concept("programme", None, (("nb", "program"), ("en", "programme"))),
        Concept("deadline", "date", (("nb", "frist"), ("en", "deadline"))),
        Concept("cluster", None, (("nb", "klynge"), ("en", "cluster"))),
        Concept("reason", None, (("nb", "årsak"), ("en", "reason"))),
        Concept("member", None, (("nb", "medlem"), ("nb", "medlemmer"), ("en", "member"))),
        Concept("founded", "date", (("nb", "startet"), ("en", "started"))),
        Concept("county", "place", (("nb", "fylke"), ("en", "county"))),
        Concept("ministry", None, (("nb", "departement"), ("en", "ministry"))),
        Concept("fee", "sum", (("nb", "kontingent"), ("en", "fee"))),
    ]
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hvem leder iKuben?", "person"),
        ("iKuben leder", "person"),
        ("Hvor mange er med?", "number"),
        ("kor lenge varer det", "number"),
        ("hvor mye får de", "sum"),
        ("what is the fee", "sum"),
        ("Hvor mange millioner fikk de?", "sum"),
        ("How many million people live there?", "number"),
        ("Kor gamal er klynga?", "number"),
        ("Hvor ofte møtes de?", "number"),
        ("Hvor tidlig kan vi søke?", "text"),
        ("Hvor dyrt er det?", "text"),
        ("Hvor dyrkes laksen?", "place"),
        ("Når startet de?", "date"),
        ("hva er fristen", "date"),
        ("hvor ligger den", "place"),
        ("Who owns the programme?", "organisation"),
        ("Hvilke klynger ble med?", "organisation"),
        ("Kva klynger vart fyrst med?", "organisation"),
        ("Kva er ei klynge?", "text"),
        ("Hvilken kontingent har klyngene?", "sum"),
        ("Which cluster has a deadline?", "organisation"),
        ("Who are the members?", "organisation"),
        ("Hvem er klyngens medlemmer?", "organisation"),
        ("Hvem er leder for medlemmene?", "person"),
        ("Hvem startet klyngens medlemmer?", "person"),
        ("Hvem er medlem av styret?", "person"),
        ("Who said that members left?", "person"),
        ("Hva er en klynge?", "text"),
        ("Hva er klyngens kontingent?", "sum"),
        ("Kva er klynga sin kontingent?", "sum"),
        ("Hva har klyngene oppnådd i fylket?", "text"),
        ("What is the reason for the deadline?", "reason"),
        ("Hva gjør en leder?", "text"),
        ("What does the leader say?", "text"),
        ("Hvorfor flyttet fristen?", "reason"),
        ("How is the fee worked out?", "text"),
        ("How many clusters are there?", "number"),
        ("Hva er e-posten til leder?", "contact"),
        ("phone number of the leader", "contact"),
        ("Hvorfor ikke søke på e-post?", "reason"),
        ("Hvor mye økte de i prosent?", "number"),
        ("what percentage is left", "number"),
        ("Hvilken by ligger klyngen i?", "place"),
        ("I kva fylke held klynga til?", "place"),
        ("Which part of Norway is it from?", "place"),
        ("Hvilket beløp fikk klyngene?", "sum"),
        ("kva tid er fristen", "date"),
        ("Hvilke departementer gir kontingent?", "organisation"),
        ("kva for departement gjev kontingent", "organisation"),
        ("Which topic has the leader chosen?", "text"),
        ("Which two people lead it?", "person"),
        ("Hvor stor er kontingenten?", "sum"),
        ("Hvor stor er klyngen?", "text"),
        ("the leader's fee", "sum"),
        ("fee of the leader", "sum"),
        ("Har klyngen en leder?", "text"),
        ("What is the leader's background?", "text"),
        ("Hva heter lederen?", "person"),
        ("Hva brukes kontingenten til?", "text"),
        ("What is the fee spent on?", "text"),
        ("Hva er kontingenten basert på?", "text"),
        ("Hvilke krav har en klynge?", "text"),
        ("Hvilke av de tre største klyngene er med?", "organisation"),
        ("Hvilke tre fikk klyngen?", "organisation"),
        ("Hvilken type klynge er det?", "text"),
        ("What was started in the county?", "text"),
        ("Hva er antallet medlemmer?", "number"),
        ("How much of the fee is left?", "number"),
        ("kor mange pengar fekk dei", "sum"),
        ("How come it started late?", "reason"),
        ("Who can start a cluster?", "text"),
        ("Hvem kan jeg spørre?", "person"),
        ("Hvor kan vi finne det?", "text"),
        ("Hei! Er det en frist?", "text"),
        ("Isn't there a fee?", "text"),
        ("I wonder if there is a deadline", "text"),
        ("Can you tell me who the leader is?", "person"),
        ("Are there clusters where the members lead?", "text"),
        ("When the leader left, who took over?", "person"),
        ("Kan man slutte når som helst?", "text"),
        ("Har du mailen til lederen?", "contact"),
        ("nettsiden til klyngen", "contact"),
        ("Former name of the leader cluster", "text"),
        ("Who runs the programme?", "text"),  # a council, or somebody in it
        ("Hvor vanskelig er det?", "text"),
        ("Kor driv klynga?", "place"),
        ("Vet du hvor nettverket holder til?", "place"),
        ("Når klyngen sluttet, og hvem er leder?", "date"),
        ("Where should I apply?", "text"),
        ("Where does the money come from?", "text"),
        ("Kor lenge har klynga vore til?", "text"),
        ("Når ble klyngen startet, og hvem er leder?", "date"),
        ("Har du peiling på hvem som er leder?", "person"),
    ],
)
def test_kind_of_answer(text: str, kind: AnswerKind) -> None:
    assert kind_of(text, tuple(LEXICON.find(text, ("no", "en")))) == kind


def test_a_concept_within_a_name_does_not_decide_the_kind() -> None:
    text = "Hvilken klynge Fristad i fylket?"
    name = Mention("klynge fristad", 8, 22)
    assert asked_of(text, LEXICON, (name,)).kind == "text"
    assert asked_of(text, LEXICON).kind == "organisation"


def test_years_and_roles() -> None:
    question = asked_of("Hvem var leder i 2017?", LEXICON)
    assert question.years == ("2017",)
    assert question.roles == {"leader"}
    assert question.language == "nb"


@pytest.mark.parametrize(
    ("text", "is_past"),
    [
        ("Hvem har vært leder?", True),
        ("How many members did it have?", True),
        ("Hvem ble valgt?", True),
        ("Hvem ble ny leder?", False),  # the newest knows best
        ("Hvor mange må vi være før vi søker?", False),
        ("Hvem leder klyngen?", False),
    ],
)
def test_how_things_were(text: str, is_past: bool) -> None:
    assert asked_of(text, LEXICON).is_past is is_past


def test_who_somebody_is_wants_no_name() -> None:
    name = Mention("hilde aspas", 8, 19)
    assert asked_of("who is  Hilde Aspås", LEXICON, (name,)).kind == "text"
    assert asked_of("who is  Hilde Aspås", LEXICON).kind == "person"


def test_who_is_in_a_role_in_a_named_cluster_wants_a_name() -> None:
    name = Mention("tangtoppen", 24, 34)
    asked = asked_of("Hvem er kontaktperson i Tangtoppen?", LEXICON, (name,))
    assert asked.kind == "person"
