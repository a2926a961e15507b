"""An article made ready, and what a model may propose on its sentences."""

from typing import Any

from summarizer import Article
from summarizer.extract import Proposed, Reading, read
from summarizer.ground import ground
from summarizer.schemas import Claim

TEXT = (
    "Fire tore through the ferry Lindholm in Sorvik Bay before dawn. "
    "At least 37 sailors were killed and 12 were injured, the coast guard said on Monday. "
    "The port authority revised the death toll to 26, down from 41. "
    "In December, 300 people were evacuated from the same pier. "
    "Norvik neither confirmed nor denied that an alarm had sounded. "
    "The fire was caused by a faulty pump, prosecutor Elke Varn said. "
    "The ferry left the port of Karsholm at 9:42 p.m. "
    "The pump was last checked on 12 April 2031 in a Karsholm yard. "
    "About 60 boats joined the search. "
    "Around 60 boats took part in the search near the pier. "
    "Four children were allegedly among the 9 people taken to hospital."
)
PUBLISHED = "2031-05-06"  # a Tuesday
KILLED = "How many sailors were killed in the ferry fire?"
INJURED = "How many sailors were injured in the ferry fire?"
TOLL = "What is the death toll of the ferry fire?"
CAUSE = "What caused the fire on the ferry?"
CHECKED = "When was the pump last checked?"
BOATS = "How many boats joined the search?"


def reading(text: str = TEXT, published: str | None = PUBLISHED, language: str = "en", **fields: Any) -> Reading:
    article = Article.from_text(text, **{"id": "dispatch", "title": "Fire on the ferry Lindholm", **fields}).model_copy(
        update={"published": published, "language": language}
    )
    return read(article)


READ = reading()


def marked(text: str, question: str, by: str = "", *, of: Reading = READ) -> Proposed:
    """A proposal for the first mark with this text."""
    places = [(sentence, mark) for sentence in of.sentences for mark in of.marks.get(sentence.number, [])]
    sentence, mark = next((sentence, mark) for sentence, mark in places if mark.text == text)
    return Proposed(sentence, question, by, mark)


def fact(words: str, question: str, answer: str, by: str = "", *, copied: str | None = None) -> Proposed:
    """A proposal in the model's own words, on the sentence that holds `words`."""
    sentence = next(sentence for sentence in READ.sentences if words in sentence.text)
    return Proposed(sentence, question, by, None, answer, words if copied is None else copied)


def one(item: Proposed, of: Reading = READ) -> Claim:
    (claim,) = ground([item], of)
    return claim
