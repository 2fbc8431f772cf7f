"""The weight file's format, on a file small enough to write by hand."""

import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest

import index.e5s1
from index.e5s1 import BLOCK_BYTES, MAGIC, dequantize, read_e5s1
from knowledge.errors import KlyngesvarError

PIECES = ("<s>", "<unk>", "å")
MAP = b"abc"


def block(scale: float, low: int, high: int) -> bytes:
    """A Q4_0 block: its low nibbles are weights 0-15, its high ones 16-31."""
    return struct.pack("<e", scale) + bytes([high << 4 | low]) * 16


def header() -> bytes:
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)])
    return b"".join(
        [
            MAGIC,
            struct.pack("<7i", 384, 12, 6, 1536, 3, 512, 2),
            struct.pack("<fi", 0.5, 32),
            struct.pack("<5iQ", len(PIECES), 0, 2, 1, 1, len(blob)),
            struct.pack("<4I3f", *ends, 0.0, -1.0, -2.5),
            blob,
            struct.pack("<iI", 1, len(MAP)) + MAP,
        ]
    )


def tensors(before: int) -> bytes:
    """A directory of two tensors, one quantized and one not, and then their data."""
    quantized, plain = block(0.5, 9, 0), struct.pack("<2f", 1.5, -2.0)
    size = 4 + (2 + 1 + 21) + (2 + 2 + 21)
    at = before + size
    return b"".join(
        [
            struct.pack("<i", 2),
            struct.pack("<H1sBIQQ", 1, b"q", 1, 32, at, len(quantized)),
            struct.pack("<H2sBIQQ", 2, b"ln", 0, 2, at + len(quantized), len(plain)),
            quantized,
            plain,
        ]
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    data = header()
    written = tmp_path / "tiny.bin"
    written.write_bytes(data + tensors(len(data)))
    return written


def test_every_field_of_the_file_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    monkeypatch.setattr(index.e5s1, "SHA256", checksum)
    weights = read_e5s1(file)
    assert (weights.hidden, weights.layers, weights.heads) == (384, 12, 6)
    assert (weights.feed_forward, weights.vocabulary) == (1536, 3)
    assert (weights.positions, weights.token_types, weights.epsilon) == (512, 2, 0.5)
    assert weights.pieces == [("<s>", 0.0), ("<unk>", -1.0), ("å", -2.5)]
    assert weights.unknown == 1
    assert sorted(weights.tensors) == ["ln", "q"]
    assert weights.tensors["ln"].tolist() == [1.5, -2.0]
    assert weights.tensors["q"].tolist() == [0.5] * 16 + [-4.0] * 16


def test_another_file_is_refused(file: Path) -> None:
    with pytest.raises(
        KlyngesvarError, match=r"tiny\.bin is not the file that belongs here.*make install$"
    ):
        read_e5s1(file)


def test_blocks_are_scaled_nibbles_minus_eight() -> None:
    blocks = np.frombuffer(block(1.0, 0, 15) + block(-2.0, 8, 7), np.uint8)
    assert len(blocks) == 2 * BLOCK_BYTES
    assert dequantize(blocks).tolist() == [-8.0] * 16 + [7.0] * 16 + [0.0] * 16 + [2.0] * 16


def test_every_nibble_has_its_own_place() -> None:
    packed = struct.pack("<e", 1.0) + bytes((15 - at) << 4 | at for at in range(16))
    weights = dequantize(np.frombuffer(packed, np.uint8)).tolist()
    assert weights == [float(w) for w in [*range(-8, 8), *range(7, -9, -1)]]
