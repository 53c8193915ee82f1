"""Which letters of two texts differ, for marking them on the screen."""

from __future__ import annotations

Spans = tuple[tuple[int, int], ...]


def differing_letters(a: str, b: str) -> tuple[Spans, Spans]:
    """Give half-open spans of `a` and of `b` that are not in the other; case does not count.

    Spans are in order and do not touch. Outside them both texts read the same, letter for letter.
    """
    from rapidfuzz.distance import Indel

    left, right = _folded(a), _folded(b)
    blocks = Indel.opcodes(left, right).as_matching_blocks()
    kept_left = [(block.a, block.a + block.size) for block in blocks if block.size]
    kept_right = [(block.b, block.b + block.size) for block in blocks if block.size]
    return _between(kept_left, len(a)), _between(kept_right, len(b))


def _folded(text: str) -> str:
    """Fold case letter by letter, so that positions stay."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _between(kept: list[tuple[int, int]], length: int) -> Spans:
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in [*kept, (length, length)]:
        if start > at:
            spans.append((at, start))
        at = end
    return tuple(spans)
