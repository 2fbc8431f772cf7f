import pytest

from knowledge.names import NameFinder, fold

FINDER = NameFinder(
    {
        "NCE iKuben": ["NCE iKuben", "iKuben"],
        "Arctic Cluster Team": ["Arctic Cluster Team", "ACT"],
        "Eyde-klyngen": ["Eyde-klyngen", "Eyde"],
        "NCE Seafood Innovation": ["NCE Seafood Innovation"],
        "Arena Skog": ["Arena Skog"],
        "NCE Media": ["NCE Media"],
        "Moteklyngen": ["Moteklyngen"],
        "Åkerklyngen Ørsta": ["Åkerklyngen Ørsta"],
    }
)


def found(text: str) -> list[tuple[str, str]]:
    return [(m.name, text[m.start : m.end]) for m in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Who leads NCE iKuben?", "NCE iKuben", "NCE iKuben"),
        ("hvem leder ikubens styre", "NCE iKuben", "ikubens"),
        ("iKuben's leader", "NCE iKuben", "iKuben's"),
        ("Hvem leder GCE iKuben?", "NCE iKuben", "iKuben"),
        ("eydeklyngens leder", "Eyde-klyngen", "eydeklyngens"),
        ("Who runs the Eyde Cluster?", "Eyde-klyngen", "Eyde Cluster"),
        ("Hva med ACT?", "Arctic Cluster Team", "ACT"),
        ("and eyde?", "Eyde-klyngen", "eyde"),
        ("Når fikk Eyde NCE-status?", "Eyde-klyngen", "Eyde"),
        ("kven leier act", "Arctic Cluster Team", "act"),
        ("akerklyngen orsta", "Åkerklyngen Ørsta", "akerklyngen orsta"),
        ("aakerklyngen oersta", "Åkerklyngen Ørsta", "aakerklyngen oersta"),
        ("Hvem leder Media?", "NCE Media", "Media"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, name: str, words: str) -> None:
    assert found(text) == [(name, words)]


@pytest.mark.parametrize(
    "text",
    [
        "How do clusters act on climate?",
        "Hvor mye Skog er det i Norge?",
        "Hvem leder Eyde Innovation Center?",
        "kan jeg komme til møte i klyngen",  # not Moteklyngen
        "Hvem leder NCE Seafod Innovation?",
    ],
)
def test_what_only_looks_like_a_name_is_not_found(text: str) -> None:
    assert found(text) == []


def test_what_is_written_goes_before_what_is_derived() -> None:
    finder = NameFinder({"Arena Blå Tang": ["Arena Blå Tang"], "Blå Tang": ["Blå Tang"]})
    assert [mention.name for mention in finder.find("Hva er Blå Tang?")] == ["Blå Tang"]


def test_one_letter_may_be_wrong() -> None:
    (mention,) = FINDER.find_misspelt("hvem leder ikubn", known={"hvem", "leder"})
    assert (mention.name, mention.start, mention.end) == ("NCE iKuben", 11, 16)
    (compound,) = FINDER.find_misspelt("leder eydeklynegn", known=set())
    assert (compound.name, compound.start, compound.end) == ("Eyde-klyngen", 6, 17)


def test_two_wrong_letters_or_a_known_word_are_no_misspelling() -> None:
    assert FINDER.find_misspelt("hvem leder ikbn", known=set()) == []
    assert FINDER.find_misspelt("hvem leder ikubn", known={"hvem", "leder", "ikubn"}) == []


def test_a_short_word_that_begins_otherwise_is_no_misspelling() -> None:
    finder = NameFinder({"VRINN": ["VRINN"]})
    assert finder.find_misspelt("et nytt trinn", known=set()) == []
    assert [mention.name for mention in finder.find_misspelt("vrinm", known=set())] == ["VRINN"]


def test_an_official_name_with_a_wrong_letter_is_asked_back() -> None:
    text = "Hvem leder NCE Seafod Innovation?"
    assert FINDER.find_misspelt(text, known={"hvem", "leder", "innovation"}) == []
    assert FINDER.nearest("NCE Seafod Innovation", 1) == ["NCE Seafood Innovation"]


def test_folding() -> None:
    assert fold("Ærlig Øl på Årø, Café") == "aerlig ol pa aro, cafe"


@pytest.mark.parametrize(
    ("typed", "names", "words"),
    [
        ("i", ["NCE iKuben"], "i"),
        ("hvem leder iku", ["NCE iKuben"], "iku"),
        ("Hvem leder iKuben?", ["NCE iKuben"], "iKuben"),
        ("hvem leder nce se ", ["NCE Seafood Innovation"], "nce se"),
        ("hvem leder seaf", ["NCE Seafood Innovation"], "seaf"),  # the status is left out
        ("nce", ["NCE iKuben", "NCE Seafood Innovation"], "nce"),  # two at most
        ("hvem leder aak", [], ""),
        ("hvem leder ake", ["Åkerklyngen Ørsta"], "ake"),
        ("hvem leder ik", [], ""),  # too short to tell from a word
        ("hva er nce", [], ""),  # a status is no name
        ("hvem leder team", [], ""),  # in the middle of a name
        ("iku er god", [], ""),
        (" ", [], ""),
        ("?", [], ""),
    ],
)
def test_names_that_are_being_typed(typed: str, names: list[str], words: str) -> None:
    begun = FINDER.begun(typed, 2)
    assert [mention.name for mention in begun] == names
    assert all(typed[mention.start : mention.end] == words for mention in begun)
