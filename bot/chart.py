"""A small bar chart: numbers in, a PNG out. One picture a week is no reason for a library."""

import struct
import zlib
from collections.abc import Sequence

BACKGROUND, LINE, BAR, INK = range(4)
_PALETTE = bytes.fromhex("ffffff d9dee4 2f6f9f 39424e")
_STEP, _BAR = 32, 22  # pixels from one bar to the next, and of a bar
_MARGIN, _HIGHEST = 16, 240
_TOP, _BOTTOM = 40, 36  # room for the number over the highest bar, and for the labels

# Digits of three by five points, row by row.
_DIGITS = (
    "111101101101111 010110010010111 111001111100111 111001111001111 101101111001001 "
    "111100111001111 111100111101111 111001001001001 111101111101111 111101111001111"
).split()

Canvas = list[bytearray]


def bar_chart(values: Sequence[int]) -> bytes:
    """A bar for each value, with its number on top and its place, from 0, below."""
    width, base = len(values) * _STEP + 2 * _MARGIN, _TOP + _HIGHEST
    canvas = [bytearray(width) for _ in range(base + _BOTTOM)]
    _fill(canvas, _MARGIN, base, width - 2 * _MARGIN, 2, LINE)
    for place, value in enumerate(values):
        middle = _MARGIN + place * _STEP + _STEP // 2
        height = round(_HIGHEST * value / max(values)) if value else 0
        _fill(canvas, middle - _BAR // 2, base - height, _BAR, height, BAR)
        if value:
            _write(canvas, middle, base - height - 16, value, 2)
        _write(canvas, middle, base + 12, place, 3)
    return _png(canvas)


def _fill(canvas: Canvas, x: int, y: int, width: int, height: int, colour: int) -> None:
    for row in canvas[y : y + height]:
        row[x : x + width] = bytes([colour]) * width


def _write(canvas: Canvas, middle: int, y: int, number: int, size: int) -> None:
    """Write a number with its middle here; each point of a digit is a square of this size."""
    digits = str(number)
    left = middle - (len(digits) * 4 - 1) * size // 2
    for place, digit in enumerate(digits):
        for point, is_set in enumerate(_DIGITS[int(digit)]):
            if is_set == "1":
                x, down = place * 4 + point % 3, point // 3
                _fill(canvas, left + x * size, y + down * size, size, size, INK)


def _png(canvas: Canvas) -> bytes:
    header = struct.pack(">IIBBBBB", len(canvas[0]), len(canvas), 8, 3, 0, 0, 0)
    pixels = b"".join(b"\0" + row for row in canvas)  # 0: the row is not filtered
    chunks = (
        (b"IHDR", header),
        (b"PLTE", _PALETTE),
        (b"IDAT", zlib.compress(pixels, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
