"""Which sentences without figures are worth a model call: those that tell of the event, most telling first."""

from collections.abc import Collection, Sequence

from .schemas import Article
from .sentences import Sentence, worth_asking
from .text.concepts import find_concepts
from .text.stance import blames

_MIN_WORDS = 5  # a shorter sentence without a mark is a heading or an exclamation
_LEAD = (3, 2, 1)  # what the first sentences of an article are worth: news tells the essential first
_ACCUSES = 4  # what it is worth that somebody claims a deed or is accused of it
_CONCEPTS = 2  # how many words of the event (an attack, an arrest, a rescue) count


def plain_sentences(
    article: Article, sentences: Sequence[Sentence], marked: Collection[int], limit: int | None
) -> list[Sentence]:
    """The sentences to ask a fact of, in the order of the text.

    `marked` are the numbers of sentences that hold marks: of those, only accusations and claims of responsibility are
    asked about once more. `limit` bounds the number of sentences, None takes all that can hold a fact.
    """
    fit = [sentence for sentence in sentences if _can_hold_fact(sentence, article, sentence.number in marked)]
    if limit is None or len(fit) <= limit:
        return fit
    worth = {sentence.number: _worth(place, sentence, article) for place, sentence in enumerate(fit)}
    best = sorted(fit, key=lambda sentence: (-worth[sentence.number], sentence.number))[:limit]
    return sorted(best, key=lambda sentence: sentence.number)


def _can_hold_fact(sentence: Sentence, article: Article, marked: bool) -> bool:
    if marked:
        return blames(sentence.text, article.language)
    dense = any("\u3040" <= char <= "\u9fff" for char in sentence.text)
    long_enough = len(sentence.text.split()) >= _MIN_WORDS or (dense and len(sentence.text) >= 2 * _MIN_WORDS)
    return long_enough and worth_asking(sentence, article.title)


def _worth(place: int, sentence: Sentence, article: Article) -> int:
    lead = _LEAD[place] if place < len(_LEAD) else 0
    told = min(len(find_concepts(sentence.text, article.language)), _CONCEPTS)
    return lead + told + _ACCUSES * blames(sentence.text, article.language)
