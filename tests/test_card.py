"""Cards as they stand in a terminal, line by line."""

import pytest
from fake_index import LEADER, answer, article, no_answer, quote

from index.answer import Relation
from index.card import Page, card
from index.departures import Departure
from knowledge.articles import LANGUAGES, Language

PLAIN = Page(width=40, has_bold=False)
BOLD = Page(width=40, has_bold=True)
LONG = article(
    "lang",
    "Vi er glade for at Kari Ås er blitt daglig leder i klyngen.\n",
    title="En ny leder er på plass i klyngen i fjorden",
    published="2017-10-16",
)
SENTENCE = LONG.body.strip()
LINK = "https://www.klynge.no/nytt#:~:text=Kari%20%C3%85s%20er%20leder."


def test_an_answer_is_the_short_answer_the_quote_and_its_origin() -> None:
    given = answer(quote(LONG, SENTENCE, "Kari Ås"), text="Kari Ås")
    *lines, link = card(given, PLAIN).splitlines()
    assert lines == [
        "Kari Ås",
        "",
        "  Vi er glade for at Kari Ås er blitt",
        "  daglig leder i klyngen.",
        "",
        "  En ny leder er på plass i klyngen i",
        "  fjorden",
        "  Klyngeposten · 16. oktober 2017",
    ]
    assert link.startswith("  https://www.klynge.no/nytt#:~:text=Vi%20er%20glade")


def test_a_terminal_shows_the_answer_in_bold() -> None:
    lines = card(answer(quote(LONG, SENTENCE, "Kari Ås"), text="Kari Ås"), BOLD).splitlines()
    assert lines[0] == "\x1b[1mKari Ås\x1b[0m"
    assert lines[2] == "  Vi er glade for at \x1b[1mKari Ås\x1b[0m er blitt"
    assert sum(line.count("\x1b") for line in lines) == 4


def test_an_answer_over_a_line_end_is_bold_on_both_lines() -> None:
    given = answer(quote(LONG, SENTENCE, "er blitt daglig leder"))
    assert card(given, BOLD).splitlines()[:2] == [
        "  Vi er glade for at Kari Ås \x1b[1mer blitt\x1b[0m",
        "  \x1b[1mdaglig leder\x1b[0m i klyngen.",
    ]


def test_offsets_are_those_of_the_body_and_not_of_the_quote() -> None:
    body = article("to", "Først dette.\nSå Kari Ås.\n")
    assert card(answer(quote(body, "Så Kari Ås.", "Kari Ås")), BOLD).startswith(
        "  Så \x1b[1mKari Ås\x1b[0m.\n"
    )


def test_where_only_the_quote_answers_there_is_no_short_answer() -> None:
    assert card(answer(quote(LEADER, "Kari Ås er leder.")), BOLD).splitlines() == [
        "  Kari Ås er leder.",
        "",
        "  Nytt",
        "  Klyngeposten · 2017",
        f"  {LINK}",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Ikke sikkert, men dette kan være svaret:"),
        ("nn", "Ikkje sikkert, men dette kan vere svaret:"),
        ("en", "Not certain, but this may be the answer:"),
    ],
)
def test_maybe_says_so_first(language: Language, said: str) -> None:
    given = answer(
        quote(LEADER, "Kari Ås er leder.", "Kari Ås"),
        text="Kari Ås",
        verdict="maybe",
        language=language,
    )
    assert card(given, PLAIN).splitlines()[:5] == [said, "", "Kari Ås", "", "  Kari Ås er leder."]


@pytest.mark.parametrize(
    ("language", "none", "suggest"),
    [
        ("nb", "Kildene har ikke svaret på det.", "Mente du kanskje:"),
        ("nn", "Kjeldene har ikkje svaret på det.", "Meinte du kanskje:"),
        ("en", "The sources do not hold the answer to that.", "Did you perhaps mean:"),
    ],
)
def test_none_says_so_and_suggests(language: Language, none: str, suggest: str) -> None:
    assert card(no_answer(language), PLAIN) == none
    suggestions = ("Hvem leder NODE?", "Hvem leder ACT?")
    assert card(no_answer(language, suggestions), PLAIN).splitlines() == [
        none,
        "",
        suggest,
        "  Hvem leder NODE?",
        "  Hvem leder ACT?",
    ]


@pytest.mark.parametrize(
    ("relation", "language", "said"),
    [
        ("agrees", "nb", "Det samme sier Klyngeposten · mai 2015"),
        ("agrees", "nn", "Det same seier Klyngeposten · mai 2015"),
        ("agrees", "en", "The same says Klyngeposten · May 2015"),
        ("older", "nb", "En eldre kilde: Klyngeposten · mai 2015"),
        ("older", "nn", "Ei eldre kjelde: Klyngeposten · mai 2015"),
        ("older", "en", "An older source: Klyngeposten · May 2015"),
        ("conflicts", "nb", "En annen kilde sier noe annet: Klyngeposten · mai 2015"),
        ("conflicts", "nn", "Ei anna kjelde seier noko anna: Klyngeposten · mai 2015"),
        ("conflicts", "en", "Another source says otherwise: Klyngeposten · May 2015"),
    ],
)
def test_other_sources_follow_in_brief(relation: Relation, language: Language, said: str) -> None:
    other = article("annen", "Ola leder.\n", published="2015-05")
    given = answer(
        quote(LEADER, "Kari Ås er leder."),
        quote(other, "Ola leder.", relation=relation),
        language=language,
    )
    assert card(given, PLAIN).splitlines()[-4:] == [
        "",
        said,
        "  Ola leder.",
        "  https://www.klynge.no/nytt#:~:text=Ola%20leder.",
    ]


@pytest.mark.parametrize(
    ("published", "language", "written"),
    [
        (None, "nb", "udatert"),
        (None, "en", "undated"),
        ("2017", "en", "2017"),
        ("2017-01", "nn", "januar 2017"),
        ("2017-12-01", "nn", "1. desember 2017"),
        ("2017-12-01", "en", "1 December 2017"),
    ],
)
def test_dates_are_written_in_the_questions_language(
    published: str | None, language: Language, written: str
) -> None:
    source = article("a", "Ola leder.\n", published=published, url=None)
    given = answer(quote(source, "Ola leder."), language=language)
    assert card(given, PLAIN).splitlines()[-1] == f"  Klyngeposten · {written}"


@pytest.mark.parametrize(
    ("language", "start", "said"),
    [
        ("nb", 2012, "Ifølge registeret var Kari Ås daglig leder 2012–2021:"),
        ("nn", None, "Ifølgje registeret var Kari Ås daglig leder til 2021:"),
        ("en", 2012, "According to the register, Kari Ås was “daglig leder” 2012–2021:"),
        ("en", 2021, "According to the register, Kari Ås was “daglig leder” 2021:"),
    ],
)
def test_who_has_left_since_is_told_with_the_source(
    language: Language, start: int | None, said: str
) -> None:
    given = answer(quote(LEADER, "Kari Ås er leder.", "Kari Ås"), language=language)
    departure = Departure("Kari Ås", "daglig leder", start, 2021, "https://ikuben.no/slutt")
    lines = card(given, PLAIN, departure).splitlines()
    assert lines[-4:] == [f"  {LINK}", "", said, "  https://ikuben.no/slutt"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_never_cut_however_narrow_the_terminal(language: Language) -> None:
    given = answer(quote(LONG, SENTENCE, "Kari Ås"), text="Kari Ås", language=language)
    lines = card(given, Page(1, has_bold=False)).splitlines()
    assert [line.strip() for line in lines[2:15]] == SENTENCE.split()
