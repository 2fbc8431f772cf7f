import pytest
from fake_index import article

from index.lexical import Lexicon
from index.names import Names, Typed
from knowledge.glossary import Concept
from knowledge.register import Cluster, make_register

REGISTER = make_register(
    (
        Cluster("NCE Seafood Innovation", (), ()),
        Cluster("NCE iKuben", ("iKuben",), (), place="Molde"),
    )
)
ARTICLES = (
    article(
        "a",
        "Prosjektet Varmekroken ledes av Odd Falch, CEO i Molde. Her er en ny klynge for damp.\n"
        "I dag heter den NOW. Etter at Barents Quay ble kjøpt, fikk Varmekroken Arena-status.\n",
    ),
)
LEXICON = Lexicon(
    [
        Concept("leader", "person", (("nb", "leder"), ("en", "leads"), ("en", "CEO"))),
        Concept("council", None, (("nn", "Forskingsrådet"), ("en", "Research Council"))),
    ]
)
NAMES = Names(REGISTER, ARTICLES, LEXICON)


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("Who leads NCE iKuben?", ["NCE iKuben"], []),
        ("hvem leder varmekroken", ["varmekroken"], []),
        ("Who is Odd Falch?", ["Odd Falch"], []),
        ("Hvem leder NCE Seafod Innovation?", [], ["NCE Seafod Innovation"]),
        ("hvem leder nce fjelltopp", [], ["nce fjelltopp"]),
        ("hvem leder fjelltoppklyngen", [], ["fjelltoppklyngen"]),
        ("How many members does the Viking Quantum Cluster have?", [], ["Viking Quantum Cluster"]),
        ("Er det en ny klynge?", [], []),
        ("Hva er NCE?", [], []),
        ("hva med ikubn", ["ikubn"], []),
        ("Who is CEO of Varmekroken?", ["Varmekroken"], []),  # a role is no name
        ("Who leads iKuben now?", ["iKuben"], []),  # nor is a word for being an abbreviation too
        ("Who leads NOW?", ["NOW"], []),
        ("Who runs the Barents Quay cluster?", ["Barents Quay cluster"], []),
        ("Who leads the lime cluster?", [], []),  # told what it does, not its name
        ("Hvorfor har to forlatt klyngen?", [], []),
        ("What is NCE reserved for?", [], []),
        ("Når fikk Varmekroken Arena-status?", ["Varmekroken"], []),
        ("How much did the Research Council give?", ["Research Council"], []),
        ("Hvem leder iKuben? Takk!", ["iKuben"], []),  # capitals that begin a sentence
        ("Hvem leder iKuben? 🙂 Trenger navnet.", ["iKuben"], []),
        ("Hvem leder iKuben\nSvar gjerne kort.", ["iKuben"], []),
        ("Hei! Varmekroken ledes av hvem?", ["Varmekroken"], []),  # but a known name stays one
        ("Hvem er prof. Fjellvik?", [], ["Fjellvik"]),
        ("Er Fjellvik, Varmekroken; Molde med?", ["Varmekroken", "Molde"], ["Fjellvik"]),
        ("Hvem er leder for NCE? Takk.", [], []),
        ("Er Fjellvik-Moe eller St. Olav med?", [], ["Fjellvik-Moe", "St. Olav"]),
        ("hvilke fikk nce sommeren 2009", [], []),
        ("Can an SME get EU money?", [], []),
        ("Hei Klyngesvar, jeg heter Kari Fjellvik og lurer på Varmekroken", ["Varmekroken"], []),
        ("HVA KOSTER DET Å VÆRE MED I VARMEKROKEN?", ["VARMEKROKEN"], []),  # capitals tell nothing
        ("HVA ER KLYNGEN?", [], []),
        ("Who Runs The Barents Quay Cluster?", ["Barents Quay Cluster"], []),
        ("hva er forskjellen På klynger", [], []),
        ("hvem leder nce molde?", [], ["nce molde"]),  # a town, and no such cluster
        ("Kven leier Varmekroka?", ["Varmekroka"], []),  # in another form than the articles have
        ("Kven leier Varmekraka?", [], ["Varmekraka"]),
        ("Er NCE Fjellvik, klyngen i Molde, stor?", ["Molde"], ["NCE Fjellvik"]),
    ],
)
def test_names_in_a_question(text: str, known: list[str], unknown: list[str]) -> None:
    found = NAMES.in_question(text)
    assert [text[m.start : m.end] for m in found.known] == known
    assert [text[m.start : m.end] for m in found.unknown] == unknown


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("hvem leder ikuben?", "hvem leder iKuben?"),
        ("kven leier varmekrokens avdeling", "kven leier Varmekrokens avdeling"),
        ("who leads nce ikubn", "who leads NCE iKuben"),
        ("who leads ikubn", "who leads iKuben"),
        ("hva er nce", "hva er NCE"),
        ("hvem eier barents quay?", "hvem eier Barents Quay?"),
        ("who heads the Barents quay", "who heads the Barents quay"),  # as they please
        ("hvem leder en ny klynge for damp", "hvem leder en ny klynge for damp"),
    ],
)
def test_a_question_is_read_with_names_as_the_articles_write_them(text: str, spelled: str) -> None:
    assert NAMES.in_question(text).spelled == spelled


def test_the_nearest_names_take_the_place_of_an_unknown_one() -> None:
    text = "Hvem leder NCE Seafod Innovation?"
    (unknown,) = NAMES.in_question(text).unknown
    assert NAMES.nearest(unknown, text, 1) == ["Hvem leder NCE Seafood Innovation?"]


def test_whether_a_text_holds_a_name() -> None:
    (cluster,) = NAMES.in_question("hvem leder ikuben").known
    assert NAMES.is_in(cluster, "sier iKubens leder")
    assert not NAMES.is_in(cluster, "sier lederen")
    (inflected,) = NAMES.in_question("Kven leier Varmekroka?").known
    assert NAMES.is_in(inflected, "Varmekroken vart")
    assert not NAMES.is_in(inflected, "Varmekraken vart")
    (project,) = NAMES.in_question("hvem leder varmekroken").known
    assert NAMES.is_in(project, "Varmekrokens leder")


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Who runs the Varmekroken cluster?", "Varmekrokens leder", True),
        ("Who runs the Barents Quay cluster?", "Barents Quay har ny leder", True),
        ("hvem leder varmekrok-klyngen", "Varmekrokens leder", False),
        ("hvem leder Arena Varmekroken", "Varmekrokens leder", True),
        ("hvem leder Arena Damp", "en ny klynge for damp", False),  # no name
        ("hvem leder Arena Damp", "leder for Arena Damp", True),
    ],
)
def test_a_name_goes_without_status_and_cluster_too(
    question: str, text: str, expected: bool
) -> None:
    found = NAMES.in_question(question)
    (name,) = (*found.known, *found.unknown)
    assert NAMES.is_in(name, text) is expected


def test_a_name_goes_by_what_the_glossary_calls_it_in_another_language() -> None:
    names = Names(REGISTER, (article("a", "Han søkte Forskingsrådet om pengar.\n"),), LEXICON)
    (council,) = names.in_question("Kor mykje løyvde Forskingsrådet?").known
    assert names.is_in(council, "a grant from the Research Council")
    assert not names.is_in(council, "a grant from the county council")


def test_a_common_word_that_is_part_of_a_name_is_no_name() -> None:
    text = "Fabrikken heter Dale Wool Works, og laget heter Ullringen Vest nå.\n"
    names = Names(make_register(()), (article("a", text),), LEXICON)
    assert names.in_question("share of wool processed here").known == ()
    assert [m.name for m in names.in_question("who leads ullringen vest").known] == [
        "ullringen vest"
    ]


@pytest.mark.parametrize(
    ("text", "names", "whole"),
    [
        ("hvem leder iku", ("NCE iKuben",), "hvem leder NCE iKuben"),
        ("hvem leder iku ?", ("NCE iKuben",), "hvem leder NCE iKuben ?"),
        ("hvem leder nce sea", ("NCE Seafood Innovation",), "hvem leder NCE Seafood Innovation"),
        ("iku", ("NCE iKuben",), None),  # nothing is asked
        ("hvem leder iKuben", ("NCE iKuben",), None),  # it is whole
        ("har iKuben noe med seaf", ("NCE Seafood Innovation",), None),  # another is named
        ("hvem leder seafood", ("NCE Seafood Innovation",), None),  # a whole word
        ("hvem leder -", (), None),
        ("nce", ("NCE Seafood Innovation", "NCE iKuben"), None),
        ("hvem leder den", (), None),
    ],
)
def test_what_is_being_typed(text: str, names: tuple[str, ...], whole: str | None) -> None:
    assert NAMES.typed(text, 5) == Typed(names, whole)
