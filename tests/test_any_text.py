"""Whatever stands in articles and questions: Telegram takes the card, and the quote is intact."""

from dataclasses import replace
from random import Random

import pytest
from telegram_standin import check_length, check_result, read_html

from bot.render import QUOTE_UNITS, render
from bot.results import message_result, name_result, quote_results
from bot.texts import TEXTS, load_texts
from index.answer import Answer, Quote, Relation, Verdict
from knowledge.articles import LANGUAGES, Article

TEXTS_IN = load_texts(TEXTS)
PIECES = (
    "< > & \" ' <b> </b> <i </blockquote> <blockquote> &amp; &lt &#39; && << >> <!-- --> <a\\ {0} "
    "{quote} {} % %s \\n _*`[]()~ @klyngesvar_bot /ask #:~:text= 🚀 👩‍👩‍👧 🇳🇴 é ﷽ شركة قلب אשכול "
    "\u202eabc\u202c \u200f \u200b 漢字 æøå NCE iKuben 25 % «sitat» – ca. O'Hara 1.000"
).split(" ")
ORDER: tuple[Relation, ...] = ("proof", "agrees", "older", "conflicts")
BETWEEN = (" ", " ", " ", "", "\n", "\u00a0", "\t", "\n\n", "\u2028")


def some_text(random: Random, longest: int) -> str:
    """Pieces in any order, with a letter at both ends, as no passage begins or ends blank."""
    count = random.randint(0, longest)
    pieces = (random.choice(PIECES) + random.choice(BETWEEN) for _ in range(count))
    return f"a{''.join(pieces)}z"


def some_quote(random: Random, relation: Relation) -> Quote:
    texts = [some_text(random, longest) for longest in (20, random.choice((10, 2000)), 20)]
    body = "\n".join(texts)
    start = len(texts[0]) + 1
    end = start + len(texts[1])
    at = random.randrange(start, end)
    highlight = (at, min(end, at + random.randint(1, 90))) if random.random() < 0.7 else None
    if highlight and not body[slice(*highlight)].strip():
        highlight = None  # no answer is blank
    title, publisher = some_text(random, 40), some_text(random, 100)
    url = random.choice((None, "https://www.x.no/sti?a=1&b=2"))
    article = Article(f"s{at}{relation}", title, publisher, url, "2017", "nb", body)
    return Quote(article, start, end, highlight, relation)


def some_answer(random: Random) -> Answer:
    others = random.sample(ORDER[1:], random.randint(0, 3))
    quotes = tuple(some_quote(random, relation) for relation in ("proof", *others))
    span = quotes[0].highlight
    text = quotes[0].article.body[slice(*span)] if span else None
    language = random.choice(LANGUAGES)
    verdict: Verdict = random.choice(("answer", "maybe"))
    suggestions = tuple(some_text(random, 10) for _ in range(random.randint(0, 3)))
    return Answer(some_text(random, 30), language, verdict, text, 0.5, quotes, suggestions)


def check_quote(html: str, quote: Quote) -> None:
    """The card shows the quote: all of it, or whole words in one piece around its answer."""
    plain, tagged = (seen := read_html(html)).plain, seen.tagged
    check_length(plain)
    [shown] = [words for tag, words in tagged if tag == "blockquote"]
    if len(quote.text.encode("utf-16-le")) <= 2 * QUOTE_UNITS:
        assert shown == quote.text
        return
    kept = shown.removeprefix("… ").removesuffix(" …")
    assert kept in quote.text
    assert len(kept) < len(quote.text)
    if quote.highlight:
        assert quote.article.body[slice(*quote.highlight)] in kept


@pytest.mark.parametrize("seed", range(200))
def test_whatever_is_written_is_shown_as_it_stands(seed: int) -> None:
    random = Random(seed)
    answer = some_answer(random)
    texts = TEXTS_IN[answer.language]
    understood = random.choice((None, some_text(random, 100)))
    check_quote(render(answer, texts, understood).html, answer.quotes[0])

    results = [
        result.to_dict() for result in quote_results(answer, texts, understood, lambda _: ())
    ]
    for result, quote in zip(
        results, sorted(answer.quotes, key=lambda quote: ORDER.index(quote.relation)), strict=True
    ):
        check_result(result)
        check_quote(result["input_message_content"]["message_text"], quote)
        assert "\n" not in result["title"] + result["description"]

    guest = message_result(render(replace(answer, suggestions=()), texts)).to_dict()
    check_result(guest)
    check_quote(guest["input_message_content"]["message_text"], answer.quotes[0])


@pytest.mark.parametrize("seed", range(50))
def test_whatever_a_cluster_is_called(seed: int) -> None:
    name = some_text(Random(seed), 8)
    result = name_result(
        name, TEXTS_IN["nn"], "https://t.me/klyngesvar_bot?start=inline"
    ).to_dict()
    check_result(result)
    assert ("b", name) in read_html(result["input_message_content"]["message_text"]).tagged
