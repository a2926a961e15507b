"""Articles in: files, exports, web pages and standard input become `Article` objects, bad ones become failures."""

from .article import Article
from .decoding import MAX_BYTES
from .finding import input_files
from .language import detect_language
from .reading import UNUSED_DATE, read_articles

__all__ = ["MAX_BYTES", "UNUSED_DATE", "Article", "detect_language", "input_files", "read_articles"]
