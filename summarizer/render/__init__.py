"""Results for readers: the terminal, a page, pull requests, tables, linked data; JSON is written by the schemas."""

from .formats import Format, story_in

__all__ = ["Format", "story_in"]
