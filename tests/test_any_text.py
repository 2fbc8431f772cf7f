"""Whatever stands in articles, register and questions: Telegram takes it, quotes are intact."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram_standin import check_result, message_content, read_html

from bot.admin import unanswered_text
from bot.age import age_note
from bot.cluster_card import cluster_card, departure_note
from bot.journal import Entry
from bot.keyboard import keyboard
from bot.links import inline_query, question_link
from bot.render import QUOTE_UNITS, Card, View, render, shown_quote, units
from bot.results import message_result, name_result, quote_results
from bot.texts import TEXTS, load_texts
from bot.votes import AGAINST, votable
from index.answer import Answer, Quote, Relation
from index.departures import Departure
from knowledge.articles import LANGUAGES, Article, Language
from knowledge.register import LEVELS, Cluster, Leader, Level, Members

TEXTS_IN = load_texts(TEXTS)
TODAY = date(2026, 11, 24)
PIECES = (
    "< > & \" ' <b> </b> <i </blockquote> <blockquote> &amp; &lt &#39; && << >> <!-- --> <a\\ {0} "
    "{quote} {} % %s \\n _*`[]()~ @klyngesvar_bot /ask #:~:text= 🚀 👩‍👩‍👧 🇳🇴 é ﷽ شركة قلب אשכול "
    "\u202eabc\u202c \u200f \u200b 漢字 æøå NCE iKuben 25 % «sitat» – ca. O'Hara 1.000"
).split(" ")
ORDER: tuple[Relation, ...] = ("proof", "agrees", "older", "conflicts")
BETWEEN = (" ", " ", " ", "", "\n", "\u00a0", "\t", "\n\n", "\u2028")

# No run differs from another, so that a failure is one of the code.
several = settings(
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],  # so is a busy machine
)

piece = st.sampled_from(PIECES) | st.text(max_size=5)
parts = st.lists(st.tuples(piece, st.sampled_from(BETWEEN)), min_size=1, max_size=8)
# A text is no passage, name or title where it is blank, and none begins or ends so.
text = (
    st.tuples(parts, st.sampled_from((1, 1, 1, 1, 40)))
    .map(lambda drawn: "".join(map("".join, drawn[0])) * drawn[1])
    .map(str.strip)
    .filter(bool)
)
address = st.sampled_from(
    (
        "https://www.example.no/sti?a=1&b=2",
        'https://eksempel.example.no/æøå/O\'Hara_("<sak>")#del',
        f"https://example.no/{'lang-sti/' * 40}",
    )
)
day = st.sampled_from((None, "2017", "2012-06", "2026-11-23"))
year = st.none() | st.integers(1980, 2026)
language = st.sampled_from(LANGUAGES)  # of the frame


@st.composite
def some_quote(draw: st.DrawFn, relation: Relation) -> Quote:
    """A quote with something before and after it, and mostly with an answer in it."""
    before, quoted, after = draw(text), draw(text), draw(text)
    body = draw(st.sampled_from(BETWEEN)).join((before, quoted, after))
    start = body.index(quoted, len(before))
    at = draw(st.integers(0, len(quoted) - 1))
    answer = quoted[at : at + draw(st.integers(0, 90))].strip()
    highlight = start + quoted.index(answer)
    article = Article(
        slug=f"s{draw(st.integers(0, 9))}{relation}",
        title=draw(text),
        publisher=draw(text),
        url=draw(st.none() | address),
        published=draw(day),
        language="nb",
        body=body,
    )
    span = (highlight, highlight + len(answer)) if answer else None
    return Quote(article, start, start + len(quoted), span, relation)


@st.composite
def some_answer(draw: st.DrawFn) -> Answer:
    others = draw(st.lists(st.sampled_from(ORDER[1:]), max_size=3, unique=True))
    quotes = tuple(draw(some_quote(relation)) for relation in ("proof", *others))
    span = quotes[0].highlight
    return Answer(
        question=draw(text),
        language=draw(st.sampled_from(LANGUAGES)),
        verdict=draw(st.sampled_from(("answer", "maybe"))),
        text=quotes[0].article.body[slice(*span)] if span else None,
        confidence=0.5,
        quotes=quotes,
        suggestions=tuple(draw(st.lists(text, max_size=3))),
        is_role=draw(st.booleans()),
    )


departures = st.builds(Departure, text, text, year, st.integers(1980, 2026), st.none() | address)


@st.composite
def some_notes(draw: st.DrawFn) -> Callable[[Answer, Quote], tuple[str, ...]]:
    """What stands below a quote: how old it is, and who has left."""
    left = draw(st.none() | departures)

    def notes(answer: Answer, quote: Quote) -> tuple[str, ...]:
        words = TEXTS_IN[answer.language]
        departure = departure_note(left, words) if left else None
        return tuple(filter(None, (age_note(answer, quote, words, TODAY), departure)))

    return notes


def check_card(card: Card) -> None:
    """Telegram takes it, with all that is under it."""
    markup = keyboard(card.buttons)
    buttons = {"reply_markup": markup.to_dict()} if markup else {}
    message_content({"text": card.html, "parse_mode": "HTML", **buttons})


def check_quote(html: str, quote: Quote) -> None:
    """The card shows the quote: all of it, or whole words in one piece around its answer."""
    tagged = read_html(html).tagged
    if contexts := [words for tag, words in tagged if tag == "blockquote expandable"]:
        [around] = contexts
        [*_, shown] = [words for tag, words in tagged if tag == "b" and words in around]
    else:
        [shown] = [words for tag, words in tagged if tag == "blockquote"]
    if units(quote.text) <= QUOTE_UNITS:
        assert shown == quote.text
        return
    kept = shown.removeprefix("… ").removesuffix(" …")
    assert kept in quote.text
    assert len(kept) < len(quote.text)
    if quote.highlight:
        assert quote.article.body[slice(*quote.highlight)] in kept


@several
@given(some_answer(), some_notes(), st.none() | text, st.integers(0, 4), st.booleans())
def test_a_card_shows_its_quote_as_it_stands(
    answer: Answer,
    notes: Callable[[Answer, Quote], tuple[str, ...]],
    understood: str | None,
    shown: int,
    in_context: bool,
) -> None:
    query, link = (
        inline_query(answer.question),
        question_link("klyngesvar_bot", 12, answer.question),
    )
    view = View(12, shown, in_context, query, link)
    quote = shown_quote(answer, view)
    words = TEXTS_IN[answer.language]
    card = votable(render(answer, words, understood, notes(answer, quote), view), 12)
    check_card(card)
    check_quote(card.html, quote)


@several
@given(some_answer(), some_notes(), st.none() | text)
def test_results_elsewhere_show_each_quote_as_it_stands(
    answer: Answer,
    notes: Callable[[Answer, Quote], tuple[str, ...]],
    understood: str | None,
) -> None:
    words = TEXTS_IN[answer.language]
    results = [
        result.to_dict()
        for result in quote_results(answer, words, understood, lambda quote: notes(answer, quote))
    ]
    best_first = sorted(answer.quotes, key=lambda quote: ORDER.index(quote.relation))
    for result, quote in zip(results, best_first, strict=True):
        check_result(result)
        check_quote(result["input_message_content"]["message_text"], quote)
        assert "\n" not in result["title"] + result["description"]

    proof = answer.quotes[0]
    card = render(replace(answer, suggestions=()), words, None, notes(answer, proof))
    guest = message_result(card).to_dict()
    check_result(guest)
    check_quote(guest["input_message_content"]["message_text"], proof)


@several
@given(st.lists(text, max_size=3), language, st.none() | text)
def test_without_an_answer_whatever_may_be_meant_is_offered(
    suggestions: list[str], frame: Language, understood: str | None
) -> None:
    none = Answer("a", "nb", "none", None, 0.1, (), tuple(suggestions))
    card = render(none, TEXTS_IN[frame], understood)
    check_card(card)
    assert [button.text for (button,) in card.buttons] == suggestions


@several
@given(text, language)
def test_whatever_a_cluster_is_called(name: str, frame: Language) -> None:
    result = name_result(
        name, TEXTS_IN[frame], "https://t.me/klyngesvar_bot?start=inline"
    ).to_dict()
    check_result(result)
    seen = read_html(result["input_message_content"]["message_text"])
    [shown] = [words for tag, words in seen.tagged if tag == "b"]
    assert shown == name or name.startswith(shown.removesuffix(" …"))


some_texts = st.lists(text, max_size=3).map(tuple)
clusters = st.builds(
    Cluster,
    name=text,
    aliases=some_texts,
    earlier_names=some_texts,
    levels=st.lists(st.builds(Level, st.sampled_from(list(LEVELS)), year, year)).map(tuple),
    place=st.none() | text,
    region=st.none() | text,
    theme=st.none() | text,
    website=st.none() | address,
    founded=year,
    leaders=st.lists(
        st.builds(
            Leader,
            name=text,
            role=text,
            start=year,
            end=year,
            seen=st.lists(st.integers(1980, 2026), max_size=3).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    members=st.lists(
        st.builds(Members, text, st.none() | st.just("2014-2017") | day, st.none() | text),
        max_size=3,
    ).map(tuple),
    notes=st.none() | text,
    sources=st.lists(address, max_size=3).map(tuple),
)
articles = st.builds(Article, st.just("a"), text, text, address, day, st.just("nb"), text)


@several
@given(clusters, st.lists(articles, max_size=3), language)
def test_whatever_the_register_holds(
    cluster: Cluster, about: list[Article], frame: Language
) -> None:
    card = cluster_card(cluster, about, TEXTS_IN[frame])
    check_card(card)
    seen = read_html(card.html)
    assert [tag for tag, _ in seen.tagged[:2]] == ["b", "i"]
    if cluster.website:
        assert cluster.website in [address for _, address in seen.links]


entries = st.builds(
    Entry,
    asked=st.just(0.0),
    question=text,
    language=st.sampled_from(LANGUAGES),
    verdict=st.sampled_from(("answer", "maybe", "none")),
    ms=st.just(1.0),
    votes=st.lists(st.sampled_from(("up", *AGAINST)), max_size=2).map(tuple),
)


@several
@given(st.lists(entries, max_size=12), language)
def test_whatever_was_asked_in_vain(asked: list[Entry], frame: Language) -> None:
    check_card(Card(unanswered_text(asked, 30, TEXTS_IN[frame]), ()))
