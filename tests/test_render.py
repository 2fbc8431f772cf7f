import re
from dataclasses import replace

import pytest
from fakes import ADDRESS, SENTENCE, answer, article, no_answer, quote
from telegram_standin import read_html

from bot.render import QUOTE_UNITS, Button, View, render
from bot.texts import TEXTS, load_texts
from index.answer import Answer, Quote, Relation
from index.dates import written_date
from knowledge.articles import Language

TEXTS_IN = load_texts(TEXTS)
NB, EN = TEXTS_IN["nb"], TEXTS_IN["en"]
OTHER = article("Gro Hansen leder iKuben.")


def test_an_answer_is_a_card() -> None:
    card = render(answer(), NB)
    seen = read_html(card.html)
    assert seen.plain == f"Hilde Aspås\n\n{SENTENCE}\nNy status for klyngene\nEyde-klyngen · 2017"
    assert seen.tagged == (
        ("b", "Hilde Aspås"),
        ("b", "Hilde Aspås"),
        ("blockquote", SENTENCE),
        ("i", "Ny status for klyngene"),
    )
    assert [(button.text, (button.url or "").split("#")[0]) for (button,) in card.buttons] == [
        ("Åpne kilden", ADDRESS)
    ]


def test_the_bold_words_are_those_of_the_highlight_not_the_first_alike() -> None:
    text = "Kari og Kari leder."
    proof = quote(text, "Kari leder", article(text))
    assert (
        "<blockquote>Kari og <b>Kari leder</b>.</blockquote>"
        in render(answer(text="Kari", quotes=(proof,)), NB).html
    )


def test_without_a_short_answer_the_quote_answers_alone() -> None:
    card = render(answer(text=None, quotes=(quote(highlight=None),)), NB)
    assert read_html(card.html).tagged == (
        ("blockquote", SENTENCE),
        ("i", "Ny status for klyngene"),
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Jeg er ikke sikker, men dette kan være svaret:\n\nHilde Aspås\n\n- NCE"),
        ("nn", "Eg er ikkje sikker, men dette kan vere svaret:\n\nHilde Aspås\n\n- NCE"),
        ("en", "I’m not sure, but this may be the answer:\n\nHilde Aspås\n\n- NCE"),
    ],
)
def test_maybe_says_that_it_is_not_sure(language: Language, words: str) -> None:
    card = render(answer(verdict="maybe", suggestions=("Hva er NCE?",)), TEXTS_IN[language])
    assert read_html(card.html).plain.startswith(words)
    assert card.buttons[1:] == ((Button("Hva er NCE?"),),)


def test_none_says_so() -> None:
    card = render(no_answer(), EN)
    assert (card.html, card.buttons) == ("I can’t find an answer to that in my sources.", ())


@pytest.mark.parametrize("given", [answer(), no_answer()])
def test_what_a_follow_up_was_taken_to_mean_stands_on_top(given: Answer) -> None:
    plain = render(given, EN).html
    assert render(given, EN, "A&B · who leads").html == f"<i>A&amp;B · who leads</i>\n\n{plain}"


def test_a_long_understanding_is_cut() -> None:
    card = render(no_answer(), EN, "NCE iKuben · " + "ord " * 250)
    assert len(read_html(card.html).plain.splitlines()[0]) <= 252


def test_none_offers_suggestions() -> None:
    card = render(no_answer(suggestions=("Hvem leder ACT?", "Hva er <NCE>?")), NB)
    assert card.html == (
        "Det finner jeg ikke svar på i kildene mine.\n\nMente du kanskje noe av dette?"
    )
    assert card.buttons == ((Button("Hvem leder ACT?"),), (Button("Hva er <NCE>?"),))


def test_no_address_no_button() -> None:
    assert render(answer(quotes=(quote(source=article(url=None)),)), NB).buttons == ()


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        ("older", "En eldre kilde (juni 2012) sier noe annet: «Gro Hansen»"),
        ("conflicts", "En annen kilde (juni 2012) sier noe annet: «Gro Hansen»"),
        ("agrees", None),
    ],
)
def test_one_other_source_is_mentioned(relation: Relation, line: str | None) -> None:
    old = article("Gro Hansen leder iKuben.", published="2012-06")
    other = quote("Gro Hansen leder iKuben.", "Gro Hansen", old, relation)
    plain = read_html(render(answer(quotes=(quote(), other)), NB).html).plain
    assert plain.split("\n\n")[2:] == ([line] if line else [])


@pytest.mark.parametrize(
    ("published", "nb", "en"),
    [
        ("2017-10-16", "16. oktober 2017", "16 October 2017"),
        ("2017-05-01", "1. mai 2017", "1 May 2017"),
        ("2017-12", "desember 2017", "December 2017"),
        ("2017", "2017", "2017"),
        (None, "udatert", "undated"),
    ],
)
def test_dates_in_words(published: str | None, nb: str, en: str) -> None:
    assert (written_date(published, NB), written_date(published, EN)) == (nb, en)


def blockquote(text: str, highlight: str | None) -> str:
    card = render(answer(quotes=(quote(text, highlight, article(text)),)), NB)
    return next(words for tag, words in read_html(card.html).tagged if tag == "blockquote")


def test_a_long_quote_loses_whole_words_at_both_ends_but_none_of_the_answer() -> None:
    before = [f"før{number}" for number in range(600)]
    after = [f"etter{number}" for number in range(600)]
    shown = blockquote(" ".join([*before, "Hilde Aspås", *after]), "Hilde Aspås")
    words = shown.removeprefix("… ").removesuffix(" …")
    count = words.split().index("Hilde")
    assert words == " ".join([*before[-count:], "Hilde Aspås", *after[:count]])
    assert QUOTE_UNITS - 20 < len(words) <= QUOTE_UNITS


@pytest.mark.parametrize("highlight", ["første", "siste"])
def test_an_answer_at_one_end_keeps_the_words_on_its_other_side(highlight: str) -> None:
    shown = blockquote(f"første {'ord ' * 1000}siste", highlight)
    assert shown.startswith("… ") is (highlight == "siste")
    assert shown.endswith(" …") is (highlight == "første")
    assert len(shown) > QUOTE_UNITS - 20


def test_a_long_quote_without_an_answer_in_it_keeps_its_beginning() -> None:
    shown = blockquote("ord " * 1000, None)
    assert shown.startswith("ord ord ")
    assert shown.endswith("ord …")


def test_a_card_fits_in_one_message_even_when_everything_in_it_is_long() -> None:
    rocket = "🚀🚀🚀🚀 & < " * 1000  # two UTF-16 units each
    source = article(rocket)
    long = type(source)("a", rocket, rocket, None, None, "nb", rocket)
    proof, other = quote(rocket, None, long), quote(rocket, None, long, "conflicts")
    card = render(answer(verdict="maybe", text=rocket, quotes=(proof, other)), NB)
    assert 3000 < len(read_html(card.html).plain.encode("utf-16-le")) // 2 <= 4096


def test_even_turned_in_context_and_with_notes_a_card_fits() -> None:
    rocket = "🚀🚀🚀🚀 & < " * 1000
    source = article(f"{rocket}\n{rocket}")
    long = type(source)("a", rocket, rocket, None, None, "nb", source.body)
    proof = Quote(long, 0, len(rocket), (0, 90), "proof")
    given = answer(verdict="maybe", text=rocket, quotes=(proof, replace(proof, relation="older")))
    for shown in (0, 1):
        for in_context in (True, False):
            view = View(number=10**17, shown=shown, in_context=in_context, query="x", link="y")
            card = render(given, NB, rocket, ("n" * 500,), view)
            assert 2900 < len(read_html(card.html).plain.encode("utf-16-le")) // 2 <= 4096


def test_a_long_paragraph_loses_words_but_none_of_the_quote() -> None:
    body = "før " * 2000 + "Kari leder. " + "etter " * 2000
    card = render(
        answer(quotes=(quote("Kari leder.", "Kari", article(body)),)),
        NB,
        view=View(number=1, in_context=True),
    )
    [shown] = [words for tag, words in read_html(card.html).tagged if tag.startswith("blockquote")]
    assert re.fullmatch(r"… (før )+Kari leder\.( etter)+ …", shown)
    assert QUOTE_UNITS - 20 < len(shown) <= QUOTE_UNITS + 4
    assert "<b>Kari leder.</b>" in card.html


def test_notes_stand_below_the_source_and_above_what_others_say() -> None:
    other = quote("Gro Hansen leder iKuben.", "Gro Hansen", OTHER, "conflicts")
    card = render(answer(quotes=(quote(), other)), NB, notes=("Ein <i>til</i>.", "To."))
    pieces = read_html(card.html).plain.split("\n\n")
    assert pieces[2:] == [
        "Ein til.\nTo.",
        "En annen kilde (2017) sier noe annet: «Gro Hansen»",
    ]


@pytest.mark.parametrize(
    ("relation", "says"),
    [
        ("agrees", "Another source says the same:"),
        ("older", "An older source says otherwise:"),
        ("conflicts", "Another source says otherwise:"),
    ],
)
def test_another_quote_says_how_it_stands_to_the_first(relation: Relation, says: str) -> None:
    other = quote("Gro Hansen leder iKuben.", "Gro Hansen", OTHER, relation)
    given = answer(verdict="maybe", quotes=(quote(), other))
    plain = read_html(render(given, EN, view=View(shown=1)).html).plain
    assert plain.split("\n\n")[:2] == [says, "Gro Hansen"]
    assert render(given, EN, view=View(shown=3)) == render(given, EN, view=View(shown=1))
    without = replace(given, text=None)
    assert read_html(render(without, EN, view=View(shown=1)).html).plain.startswith(
        f"{says}\n\nGro Hansen leder iKuben.\n"
    )


def test_without_a_number_no_button_finds_the_answer_again() -> None:
    other = quote("Gro Hansen leder iKuben.", None, OTHER, "agrees")
    rows = render(answer(quotes=(quote(), other)), EN).buttons
    assert [[button.text for button in row] for row in rows] == [["Open the source"]]
