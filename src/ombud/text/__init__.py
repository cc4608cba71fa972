"""
Text without loss of place: every reading keeps its way back to what the reader wrote.

A `Span` is a half-open range of code points of the original.
`fold` makes a shadow copy in which disguises are undone; the original is never changed.
"""

from ombud.text.folding import Folded, fold, undisguise, unveil
from ombud.text.masks import Chunk, masked_chunks
from ombud.text.patterns import Pattern, readable
from ombud.text.quoting import own_words
from ombud.text.segments import folded_words, paragraphs, sentences, words
from ombud.text.span import Cover, Span, utf16_offsets
from ombud.text.stems import stem

__all__ = [
    "Chunk",
    "Cover",
    "Folded",
    "Pattern",
    "Span",
    "fold",
    "folded_words",
    "masked_chunks",
    "own_words",
    "paragraphs",
    "readable",
    "sentences",
    "stem",
    "undisguise",
    "unveil",
    "utf16_offsets",
    "words",
]
