from dataclasses import replace

import pytest
from telegram_standin import check_length, read_html
from test_drafts import DRAFT

from bot.draft_card import advice, draft_card, missing_part
from bot.drafts import Kept
from bot.render import Card
from bot.texts import TEXTS, Texts, load_texts
from knowledge.articles import Article
from knowledge.copies import Copy
from knowledge.drafts import Draft
from knowledge.errors import KlyngesvarError

NB, NN, EN = load_texts(TEXTS).values()
HELD = Article("gammel", "<Gammel>", "Avisa", None, None, "nb", "Tekst.\n")


def card(draft: Draft, answers: tuple[str, ...] | None = None, words: Texts = NB) -> Card:
    return draft_card(Kept(1, 7, 7, 1, draft, answers), False, words)


def test_what_to_look_at_is_told() -> None:
    doubtful = replace(
        DRAFT,
        published=None,
        evidence=None,
        share=0.2,
        unregistered=("Arena <Rur>",),
        copies=(Copy(HELD, 0.456, ()),),
    )
    lines = read_html(card(doubtful, words=EN).html).plain.splitlines()
    assert [line for line in lines if line.startswith("⚠️")] == [
        f"⚠️ {EN.draft_undated}",
        "⚠️ Only 20% of the page’s text is in it: is it an article?",
        "⚠️ Look like names of clusters, but are not in the register: Arena <Rur>",
        "⚠️ 46% alike “<Gammel>”: is it the same text?",
    ]


def test_only_a_whole_draft_can_be_published() -> None:
    assert missing_part(replace(DRAFT, title="", publisher="")) == "title"
    assert missing_part(replace(DRAFT, publisher="")) == "publisher"
    assert missing_part(DRAFT) is None
    shown = [len(card(draft).buttons) for draft in (DRAFT, replace(DRAFT, publisher=""))]
    assert shown == [3, 2]


def test_what_it_answers_stands_below_once_it_is_known() -> None:
    known = (card(DRAFT), card(DRAFT, ()), card(DRAFT, ("Hvem <leder>?",)))
    endings = [read_html(each.html).plain.partition(DRAFT.body.strip())[2] for each in known]
    assert NB.draft_answers_nothing in endings[1]
    assert endings[2].endswith(f"{NB.draft_answers}\n– Hvem <leder>?")
    assert NB.draft_answers not in endings[0] + endings[1]


@pytest.mark.parametrize("words", [NB, NN, EN])
def test_the_longest_card_fits(words: Texts) -> None:
    long = "ord & <ord> " * 2000
    copies = (Copy(replace(HELD, title=long), 1.0, ()),) * 5
    draft = Draft(long, long, "nb", long, None, None, long, (long,), (long,), copies, (long,), 0.1)
    html = draft_card(Kept(1, 7, 7, 1, draft, (long,) * 3), True, words).html
    check_length(read_html(html).plain)


def test_alerts_fit() -> None:
    for words in (NB, NN, EN):
        for text in (words.draft_gone, words.draft_not_yours, words.draft_publishing):
            assert len(text) <= 200


def test_an_error_is_told_in_one_language() -> None:
    error = KlyngesvarError("<feil>: gjør dette\n    <wrong>: do this\nmer\n    more")
    assert advice(error, "nn") == "&lt;feil&gt;: gjør dette\nmer"
    assert advice(error, "en") == "&lt;wrong&gt;: do this\nmore"
    assert advice(KlyngesvarError("only this"), "en") == "only this"
