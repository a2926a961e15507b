"""Articles in: files and standard input become `Article` objects, bad inputs become failures."""

from .article import Article
from .decoding import MAX_BYTES
from .language import detect_language
from .reading import read_articles

__all__ = ["MAX_BYTES", "Article", "detect_language", "read_articles"]
