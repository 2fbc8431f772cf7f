"""The reader: the embedded encoder's lower layers as they are, upper layers and a head of its own.

The lower layers see the question and the window apart from each other, so that what they make of
a window can be kept; the upper layers see both and tell where the answer starts and ends.
"""

import copy
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor, nn

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers import BertModel

FROZEN = 4  # layers (of 12) that are the encoder's own
SCALE = ".scale"  # the name of an int8 tensor's row scales, after its own


class ExtractiveReader(nn.Module):
    """Start and end scores for each token; position 0 stands for "not here"."""

    def __init__(self, bert: "BertModel", frozen: int = FROZEN, dropout: float = 0.0) -> None:
        """Share the lower layers of `bert` (a BertModel) and copy the upper ones."""
        super().__init__()
        self.frozen = frozen
        self.embeddings = bert.embeddings
        self.lower = bert.encoder.layer[:frozen]
        self.upper = copy.deepcopy(bert.encoder.layer[frozen:])
        self.segment = nn.Parameter(torch.zeros(bert.config.hidden_size))  # marks the window
        self.head = nn.Linear(bert.config.hidden_size, 2)
        for part in (self.embeddings, self.lower):
            part.requires_grad_(False)
        self.upper.requires_grad_(True)
        _set_dropout(self.upper, dropout)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores (b, t) for `<s> question </s><s> title: window </s>`, token types 0 and 1."""
        with torch.no_grad():
            states = self._apart(input_ids, attention_mask, token_type_ids)
        return self.read(states, attention_mask, token_type_ids)

    def states(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """What the lower layers make of questions, or of windows: this can be kept."""
        with torch.no_grad():
            return self._apart(input_ids, attention_mask, torch.zeros_like(input_ids))

    def read(
        self, states: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores from the states of questions and windows, put behind one another."""
        hidden = states + self.segment * token_type_ids[..., None]
        mask = attention_mask.bool()[:, None, None, :]
        for layer in self.upper:
            hidden = layer(hidden, mask)
        start, end = self.head(hidden).float().unbind(-1)
        return start, end

    def _apart(self, input_ids: Tensor, attention_mask: Tensor, types: Tensor) -> Tensor:
        """The lower layers, in which a token sees only its own segment."""
        mask = attention_mask.bool()
        first = (mask & (types == 0)).sum(1, keepdim=True)
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)[None]
        hidden: Tensor = self.embeddings(
            input_ids=input_ids,
            position_ids=positions - types * first,
            token_type_ids=torch.zeros_like(input_ids),
        )
        visible = (types[:, :, None] == types[:, None, :]) & mask[:, None, :]
        for layer in self.lower:
            hidden = layer(hidden, visible[:, None])
        return hidden

    def train(self, mode: bool = True) -> "ExtractiveReader":
        """Training mode for the upper layers; the frozen ones never leave evaluation mode."""
        super().train(mode)
        self.embeddings.eval()
        self.lower.eval()
        return self

    def own_state(self) -> dict[str, Tensor]:
        """The tensors that are not the encoder's: what is trained and shipped."""
        return {
            name: tensor
            for name, tensor in self.state_dict().items()
            if not name.startswith(("embeddings.", "lower."))
        }

    def load_own_state(self, tensors: Mapping[str, Tensor]) -> None:
        """Take back what `own_state` gave; a missing or unknown tensor is an error."""
        if tensors.keys() != self.own_state().keys():
            raise ValueError("these are not the weights of a reader with as many layers")
        self.load_state_dict(dict(tensors), strict=False)


def precision(device: torch.device) -> AbstractContextManager[Any]:
    """bfloat16 where the hardware multiplies it fast, else float32."""
    has_bf16 = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device.type, torch.bfloat16, enabled=has_bf16)


def bert_of(sentence_transformer: "SentenceTransformer") -> "BertModel":
    """The transformer inside a sentence-transformers model."""
    return cast("BertModel", sentence_transformer[0].auto_model)


def load_reader(
    weights_file: Path, sentence_transformer: "SentenceTransformer"
) -> ExtractiveReader:
    """The shipped reader on top of the embedded encoder, whose lower layers it shares."""
    with safe_open(str(weights_file), framework="pt") as file:
        frozen = int((file.metadata() or {})["frozen"])
    reader = ExtractiveReader(bert_of(sentence_transformer), frozen)
    reader.load_own_state(unpack(load_file(str(weights_file))))
    return reader.eval()


def pack(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as int8 with one scale a row, everything else as fp16."""
    packed: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        if tensor.ndim != 2 or name.startswith("head."):
            packed[name] = tensor.half()
            continue
        scale = (tensor.abs().amax(1, keepdim=True) / 127).clamp(min=1e-12)
        packed[name] = (tensor / scale).round().to(torch.int8)
        packed[name + SCALE] = scale[:, 0].contiguous().float()
    return packed


def unpack(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What `pack` was given, rounded, as fp32."""
    return {
        name: tensor.float() * packed[name + SCALE][:, None]
        if name + SCALE in packed
        else tensor.float()
        for name, tensor in packed.items()
        if not name.endswith(SCALE)
    }


def _set_dropout(layers: nn.Module, share: float) -> None:
    """Dropout of hidden states only: on attention it would cost the fast kernels."""
    for name, module in layers.named_modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0 if "attention.self" in name else share
