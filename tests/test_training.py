"""The recipe's own tests, on a reader so small that it needs no weights."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from index.reader_model import ExtractiveReader, pack, unpack
from index.reader_tokens import Tokens
from index.reader_windows import Found, WindowReader, WindowScores, best_of
from index.spans import Span
from index.windows import Window, grid, window_at
from knowledge.articles import Article
from training.data import split_of
from training.groups import Group, Mixture, Sampler, Shown, Stream
from training.item import Item
from training.kernels import PooledDropout, quicken
from training.naming import Naming
from training.pairs import Pairing
from training.retrieval import Mined
from training.scores import auroc
from training.tune import figures as tune_figures

BODY = (
    "Nordlys er en klynge i Bodø. Den har 40 medlemmer.\n\n"
    + "Klyngen ledes av Kari Dahl, som tok over i 2019. " * 8
    + "Styret ledes av Per Vik."
)
ARTICLE = Article("a1", "Om klyngen", "Nordlys", None, None, "nb", BODY)


class _Words:
    """A tokenizer of words: its ids are their hashes."""

    cls_token_id, sep_token_id, pad_token_id = 0, 2, 1

    def __call__(self, text: str, **options: object) -> dict[str, Any]:
        offsets, at = [], 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word)
            offsets.append((start, at))
        return {
            "input_ids": [3 + sum(map(ord, text[a:b])) % 90 for a, b in offsets],
            "offset_mapping": offsets,
        }


def _reader(frozen: int = 1) -> ExtractiveReader:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=100,
        hidden_size=16,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=32,
        pad_token_id=1,
    )
    return ExtractiveReader(BertModel(config), frozen).eval()


def _reads() -> WindowReader:
    return WindowReader(_reader(), _Words())  # type: ignore[arg-type]


def _at(words: str) -> Span:
    at = BODY.index(words)
    return at, at + len(words)


def _sampler() -> Sampler:
    return Sampler({"a1": ARTICLE}, {}, Naming([ARTICLE]))


def _item(answer: str | None) -> Item:
    span = _at(answer or "Den har")
    return Item("Hvem leder Nordlys?", "nb", "who", ARTICLE, span if answer else None, span)


@pytest.mark.parametrize("phase", [0, 1, 2])
def test_the_grid_holds_every_word_once(phase: int) -> None:
    windows = grid(ARTICLE, phase)
    between = BODY
    for window in windows:
        between = between.replace(window.text, "", 1)
    assert not between.strip()
    assert all(a.end <= b.start for a, b in pairwise(windows))


def test_a_window_is_a_slice_and_found_by_its_span() -> None:
    at = BODY.index("Per Vik")
    window = window_at(grid(ARTICLE), (at, at + 7))
    assert window is not None
    assert "Styret ledes av Per Vik." in window.text


def test_targets_and_spans_are_the_same_place() -> None:
    at = BODY.index("Kari Dahl")
    shown = Shown(Window(ARTICLE, 0, len(BODY)), (at, at + 9))
    pair = Pairing(_Words()).pair("Hvem leder?", shown)  # type: ignore[arg-type]
    first, last = pair.target
    opening, closing = pair.offsets[first], pair.offsets[last]
    assert opening is not None
    assert closing is not None
    assert BODY[opening[0] : closing[1]] == "Kari Dahl,"


def test_an_answer_outside_the_window_is_not_here() -> None:
    at = BODY.index("Kari Dahl")
    shown = Shown(Window(ARTICLE, 0, 28), (at, at + 9))
    assert Pairing(_Words()).pair("Hvem leder?", shown).target == (0, 0)  # type: ignore[arg-type]


def test_the_title_is_never_an_answer() -> None:
    for scores in _reads().read("Hvem leder?", grid(ARTICLE)):
        found = scores.best((0, len(BODY)))
        assert found is not None
        assert scores.window.holds(found.span)


def test_the_best_span_lies_in_the_region_asked_for() -> None:
    (scores, *_) = _reads().read("Hvem leder?", grid(ARTICLE))
    at = BODY.index("Kari Dahl")
    found = scores.best((at, at + 9))
    assert found is not None
    assert at <= found.span[0] < found.span[1] <= at + 9
    assert scores.best((len(BODY) + 5, len(BODY) + 9)) is None


def _best(
    body: str, offsets: Sequence[Span], start: Sequence[int], end: Sequence[int], first: int
) -> Found:
    """The best span of three tokens with these scores, from a place of the body on."""
    window = Window(replace(ARTICLE, body=body), 0, len(body))
    opens, closes = np.array(start, np.float32), np.array(end, np.float32)
    scores = WindowScores(window, Tokens((3, 4, 5), tuple(offsets)), opens, closes, 0.0)
    found = scores.best((first, len(body)))
    assert found is not None
    return found


def _scored(start: int, end: int, marks: dict[str, float]) -> WindowScores:
    """A window of the body, and how well these words of it answer."""
    spans = [(BODY.index(word), BODY.index(word) + len(word)) for word in marks]
    half = np.array([mark / 2 for mark in marks.values()], np.float32)
    window, tokens = Window(ARTICLE, start, end), Tokens(tuple(range(len(spans))), tuple(spans))
    return WindowScores(window, tokens, half, half, 0.0)


def test_windows_that_hold_a_span_decide_on_it_together() -> None:
    kari, nordlys = BODY.index("Kari Dahl"), BODY.index("Nordlys")
    whole = _scored(0, len(BODY), {"Nordlys": 6.0, "Kari Dahl": 5.0})
    doubting = _scored(0, len(BODY), {"Nordlys": -4.0, "Kari Dahl": 3.0})
    beside = _scored(nordlys, nordlys + 7, {"Nordlys": 9.0})
    region = 0, len(BODY)
    assert best_of([whole], region) == Found((nordlys, nordlys + 7), 6.0)
    assert best_of([whole, doubting], region) == Found((kari, kari + 9), 4.0)
    assert best_of([whole, doubting, beside], region) == Found((kari, kari + 9), 4.0)
    assert best_of([], region) is None


def test_a_span_that_begins_within_a_word_is_given_from_its_beginning() -> None:
    body = "Leder er Ragnhild Vik."
    offsets = ((9, 13), (13, 17), (17, 21))  # "Ragn", "hild", " Vik"
    found = _best(body, offsets, [0, 9, 0], [0, 0, 9], 0)
    assert body[slice(*found.span)] == "Ragnhild Vik"


def test_an_answer_may_be_the_first_word_of_its_region() -> None:
    body = "Det er sant. Kari leder."
    offsets = ((0, 12), (12, 17), (17, 24))  # " Kari" holds the space before it
    found = _best(body, offsets, [9, 5, 0], [9, 5, 0], 13)
    assert body[slice(*found.span)] == "Kari"
    assert found.margin == 10


def test_a_span_takes_along_the_bracket_that_closes_its_own() -> None:
    body = "Eier er Siva (SF)."
    offsets = ((7, 12), (12, 16), (16, 18))  # " Siva", " (SF", ")."
    found = _best(body, offsets, [9, 0, 0], [0, 9, 0], 0)
    assert body[slice(*found.span)] == "Siva (SF)"


def test_windows_read_apart_score_as_windows_read_together() -> None:
    reader = _reader()
    pair = Pairing(_Words()).pair("Hvem leder?", Shown(grid(ARTICLE)[0]))  # type: ignore[arg-type]
    batch = Pairing(_Words()).batch([pair])  # type: ignore[arg-type]
    together, _ = reader(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    at = pair.types.index(1)
    parts = [torch.tensor([pair.ids[:at]]), torch.tensor([pair.ids[at:]])]
    states = torch.cat([reader.states(ids, torch.ones_like(ids)) for ids in parts], 1)
    apart, _ = reader.read(states, batch.attention_mask, batch.token_type_ids)
    torch.testing.assert_close(apart, together)


def test_reading_beside_others_or_again_changes_no_score() -> None:
    reader = _reads()
    windows = grid(ARTICLE)
    assert len({len(window.text) for window in windows}) > 1
    alone = reader.read("Hvem leder alt nå?", windows[:1])[0]
    beside = _reads().read("Hvem leder alt nå?", windows)[0]
    again = reader.read("Hvem leder alt nå?", windows)[0]
    assert alone.start == pytest.approx(beside.start, abs=0.02)
    assert alone.start == pytest.approx(again.start, abs=0.02)
    assert alone.nothing == pytest.approx(beside.nothing, abs=0.02)


def test_reading_agrees_with_training() -> None:
    window = grid(ARTICLE)[0]
    pairing, model = Pairing(_Words()), _reader()  # type: ignore[arg-type]
    start, _ = pairing.batch([pairing.pair("Hvem leder?", Shown(window))]).scores(model)
    (scores,) = WindowReader(model, _Words()).read("Hvem leder?", [window])  # type: ignore[arg-type]
    spoken = [at for at, offset in enumerate(scores.tokens.offsets) if offset]
    part = start[0, -len(scores.tokens.ids) :].detach().numpy()
    assert scores.start[spoken] == pytest.approx(part[spoken], abs=0.02)


def test_quickened_training_scores_alike() -> None:
    quick = _reader()
    quicken(quick)
    pairing = Pairing(_Words())  # type: ignore[arg-type]
    batch = pairing.batch([pairing.pair("Hvem leder?", Shown(w)) for w in grid(ARTICLE)])
    for one, other in zip(batch.scores(_reader()), batch.scores(quick), strict=True):
        torch.testing.assert_close(one, other, atol=1e-4, rtol=1e-4)


def test_pooled_dropout_drops_a_share_and_keeps_the_mean() -> None:
    dropped = PooledDropout(0.25)(torch.ones(100, 1000))
    assert dropped.unique().tolist() == pytest.approx([0, 4 / 3], abs=0.01)
    assert float(dropped.mean()) == pytest.approx(1, abs=0.01)


def test_only_the_upper_layers_learn_and_ship() -> None:
    reader = _reader()
    trained = {name for name, p in reader.named_parameters() if p.requires_grad}
    assert trained == set(reader.own_state())
    assert not any(name.startswith(("embeddings", "lower")) for name in trained)


def test_packing_keeps_weights_within_half_a_step() -> None:
    state = _reader().own_state()
    restored = unpack(pack(state))
    assert restored.keys() == state.keys()
    for name, tensor in state.items():
        assert (restored[name] - tensor).abs().max() <= tensor.abs().max() / 127 / 2 + 1e-3


def test_the_group_holds_the_answer_once() -> None:
    item = _item("Per Vik")
    for seed in range(20):
        answer, negative = _sampler().group(item, random.Random(seed)).shown
        assert "Per Vik" in answer.window.text
        assert answer.answer == item.answer
        assert "Per Vik" not in negative.window.text
        assert negative.answer is None


def test_a_window_that_says_the_answer_too_is_no_negative() -> None:
    for seed in range(20):
        group = _sampler().group(_item("Kari Dahl"), random.Random(seed))
        assert all("Kari Dahl" not in shown.window.text for shown in group.shown[1:])


def test_the_answer_is_not_taught_at_its_place_in_another_article() -> None:
    other = replace(ARTICLE, slug="a2", body=BODY.replace("Per Vik", "Eva Moe"))
    mined = {("a1", "Hvem leder Nordlys?"): Mined((), (("a2", *_at("Per Vik")),))}
    sampler = Sampler({"a1": ARTICLE, "a2": other}, mined, Naming([ARTICLE, other]))
    shown = sampler.group(_item("Per Vik"), random.Random(0)).shown[-1]
    assert shown.window.article is other
    assert shown.window.holds(_at("Per Vik"))
    assert Pairing(_Words()).pair("Hvem?", shown).target == (0, 0)  # type: ignore[arg-type]
    closed = replace(_item("Per Vik"), is_closed=True)  # another article answers it too
    assert sampler.group(closed, random.Random(0)).shown[-1].window.article is ARTICLE


def test_what_an_article_lacks_is_not_called_absent_in_another_of_the_same_name() -> None:
    other = replace(ARTICLE, slug="a2")
    mined = {("a1", "Hvem leder Nordlys?"): Mined((), (("a2", *_at("Per Vik")),))}
    sampler = Sampler({"a1": ARTICLE, "a2": other}, mined, Naming([ARTICLE, other]))
    groups = [sampler.group(_item(None), random.Random(seed)) for seed in range(9)]
    assert {shown.window.article.slug for group in groups for shown in group.shown} == {"a1"}


def test_a_general_question_is_put_to_its_own_article_alone() -> None:
    general = replace(_item("Per Vik"), article=replace(ARTICLE, slug="general"))
    shown = _sampler().group(general, random.Random(0)).shown
    assert {each.window.article.slug for each in shown} == {"general"}


def test_the_answers_window_is_shown_without_its_proof_too() -> None:
    body = "Nordlys er en klynge. Styret ledes av Per Vik. Kari Dahl er daglig leder."
    article = replace(ARTICLE, body=body)
    at = body.index("Per Vik")
    item = Item("Hvem er styreleder?", "nb", "who", article, (at, at + 7), (at, at + 7))
    sampler = Sampler({"a1": article}, {}, Naming([article]))
    groups = [sampler.group(item, random.Random(seed)) for seed in range(40)]
    negatives = {shown.window.text for group in groups for shown in group.shown[1:]}
    assert negatives == {"Nordlys er en klynge. Kari Dahl er daglig leder."}
    assert {len(group.shown) for group in groups} == {1, 2}


def test_a_mixture_goes_on_where_it_was() -> None:
    def fresh() -> Mixture:
        items = [replace(_item("Per Vik"), question=f"q{n}") for n in range(7)]
        return Mixture(Stream(items, "g"), Stream(items, "c"), (0.6, 0.1))

    sampler = _sampler()
    whole, broken, resumed = fresh(), fresh(), fresh()
    wanted: list[Group] = [whole.draw(sampler, n / 40) for n in range(40)]
    found = [broken.draw(sampler, n / 40) for n in range(15)]
    resumed.resume(broken.place())
    assert found + [resumed.draw(sampler, n / 40) for n in range(15, 40)] == wanted


def test_a_question_names_its_article_however_it_is_written() -> None:
    naming = Naming([ARTICLE])
    assert naming.names_its_article("hvem leder nordlys?", ARTICLE)
    assert not naming.names_its_article("Hva koster det for studenter?", ARTICLE)


def test_the_split_of_an_article_never_changes() -> None:
    splits = [split_of(article_id) for article_id in ("t1-001", "t1-012", "t1-003")]
    assert splits == ["train", "tune", "dev"]


def test_auroc() -> None:
    assert auroc([2, 3], [1, 2]) == pytest.approx(0.875)


class _Marks:
    """Reads "Kari Dahl" whatever is asked, and is the surer the longer the question."""

    def read(self, question: str, windows: Sequence[Window]) -> list[WindowScores]:
        return [self._scores(window, len(question)) for window in windows]

    def _scores(self, window: Window, sure: int) -> WindowScores:
        at = window.article.body.index("Kari")
        tokens = Tokens((3, 4), ((at, at + 4), (at + 4, at + 9)))
        start, end = np.array([sure, 0], np.float32), np.array([0, sure], np.float32)
        return WindowScores(window, tokens, start, end, 0.0)


def test_tune_figures() -> None:
    items = [
        replace(_item("Kari Dahl"), question="lang nok?"),
        replace(_item("Kari Dahl"), question="kort"),
        replace(_item("Per Vik"), question="lang nok!"),
        replace(_item(None), question="midt i"),
    ]
    article = replace(ARTICLE, body="Kari Dahl leder. Per Vik leder styret.")
    at = {"Kari Dahl": (0, 9), "Per Vik": (17, 24)}
    items = [
        replace(i, article=article, answer=span, near=span or (0, 16))
        for i, span in zip(items, [*[at["Kari Dahl"]] * 2, at["Per Vik"], None], strict=True)
    ]
    found = tune_figures(_Marks(), items)
    # Of three answerable ones two are right, one of them surer than the unanswerable one.
    assert found == {"right": 0.667, "exact": 0.667, "sure": 0.333, "auroc": 0.667}
