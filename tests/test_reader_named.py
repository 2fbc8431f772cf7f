"""A model of somebody else's in the reader's place: a tiny one, made here."""

from pathlib import Path

import pytest
import torch
from fake_index import article
from transformers import BertConfig, BertForQuestionAnswering, BertTokenizer

from index.reader_named import NamedReader
from index.windows import grid
from knowledge.errors import KlyngesvarError

NEWS = article("news", "Kari leder Tang. Per gikk.\n", title="Nytt")
WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] kari leder tang per gikk nytt hvem . : ? · klyngeposten 2017"
)


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    words = {word: number for number, word in enumerate(WORDS.split())}
    BertTokenizer(vocab=words).save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertForQuestionAnswering(config).save_pretrained(folder)
    return folder


def test_it_finds_spans_of_the_body_and_none_of_the_title(model_folder: Path) -> None:
    (window,) = grid(NEWS)
    (scores,) = NamedReader(str(model_folder)).read("Hvem leder Tang?", [window])
    words = [NEWS.body[slice(*offset)] for offset in scores.tokens.offsets if offset]
    assert words == ["Kari", "leder", "Tang", ".", "Per", "gikk", "."]
    found = scores.best((0, 4))
    assert found is not None
    assert NEWS.body[slice(*found.span)] == "Kari"
    assert found.margin == pytest.approx(
        float(scores.start[scores.tokens.offsets.index((0, 4))])
        + float(scores.end[scores.tokens.offsets.index((0, 4))])
        - scores.nothing
    )


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(KlyngesvarError, match=r"^KLYNGESVAR_READER=/nowhere/at/all: no such"):
        NamedReader("/nowhere/at/all")
