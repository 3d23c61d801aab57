"""Checksums of joined parts from the checksums of the parts, so that prepared bytes need not be read again."""

from __future__ import annotations

from functools import lru_cache

_POLYNOMIAL = 0xEDB88320
_ONE = 1 << 31  # the polynomial "1": the lowest power stands in the highest bit
_BYTE = 256


def _multiply(a: int, b: int) -> int:
    """The product of two polynomials over bits, modulo the polynomial of CRC-32."""
    product = 0
    while a:
        if a & _ONE:
            product ^= b
        a = (a << 1) & 0xFFFFFFFF
        b = b >> 1 ^ _POLYNOMIAL if b & 1 else b >> 1
    return product


def _table(factor: int) -> list[int]:
    """The powers 0 to 255 of a factor, and the 256th behind them."""
    powers = [_ONE]
    for _ in range(_BYTE):
        powers.append(_multiply(powers[-1], factor))
    return powers


# Factors for the lowest, the middle and the highest byte of a length.
_LOW = _table(1 << 23)  # the polynomial x**8: one byte further
_MIDDLE = _table(_LOW[_BYTE])
_HIGH = _table(_MIDDLE[_BYTE])
_LONGEST = 1 << 24


@lru_cache(maxsize=65_536)
def shift_by(length: int) -> int:
    """The factor that moves a checksum past that many bytes, fewer than 16 million."""
    if not 0 <= length < _LONGEST:
        raise ValueError(f"a part of {length} bytes is too long")
    factor = _LOW[length & 255]
    if length >= _BYTE:
        factor = _multiply(_MIDDLE[length >> 8 & 255], factor)
    return _multiply(_HIGH[length >> 16], factor) if length >> 16 else factor


def joined(first: int, second: int, factor: int) -> int:
    """The CRC-32 of two byte strings put together; ``factor`` is `shift_by` of the second's length."""
    return _multiply(factor, first) ^ second
