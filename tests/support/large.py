"""Stories of any size, made of fiction: many outlets tell one thing, in several scripts, some with the same words."""

from summarizer import Article
from summarizer.schemas import (
    Agreement,
    Claim,
    Disagreement,
    Estimate,
    MergedSummary,
    Qualifier,
    Quantity,
    Relation,
    SingleSource,
    Voice,
)

from . import samples

_FILL = {
    "en": "The quarry road stayed closed while crews carried sacks of gravel down from the upper terrace.",
    "ar": "بقي طريق المحجر مغلقا بينما كانت الفرق تنقل أكياس الحصى من الشرفة العليا.",
    "zh": "采石场道路仍然封闭，救援人员从上层平台往下运送一袋袋碎石。",
    "ru": "Дорога к карьеру оставалась закрытой, пока бригады спускали мешки щебня с верхней террасы.",
}
_TOLD = {
    "en": "{count} workers were missing at the Tarn quarry, shift {shift} reported.",
    "ar": "فُقد {count} عاملا في محجر تارن، حسب الوردية {shift}.",
    "zh": "据第{shift}班报告，塔恩采石场有{count}名工人失踪。",
    "ru": "{count} рабочих пропали в карьере Тарн, сообщила смена {shift}.",
}
_LANGUAGES = tuple(_TOLD)


def large_story(articles: int, *, shared: int = 12, alone: int = 8, filler: int = 3) -> MergedSummary:
    """A story of so many articles: `shared` questions that all of them answer, `alone` that each answers by itself."""
    texts: list[Article] = []
    claims: dict[int, list[Claim]] = {shift: [] for shift in range(shared)}
    single: list[SingleSource] = []
    for number in range(articles):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        told = [_TOLD[language].format(count=_count(shift, number), shift=shift + 1) for shift in range(shared + alone)]
        article = Article(
            id=f"outlet {number + 1}",
            title=f"Quarry edition {number + 1}",
            outlet=f"Tarn Courier {number + 1}",
            language=language,
            published=f"2031-05-{1 + number % 28:02}",
            url=f"https://courier.example/{number + 1}",
            text="\n\n".join(f"{sentence} {' '.join([_FILL[language]] * filler)}" for sentence in told),
        )
        texts.append(article)
        for shift, sentence in enumerate(told):
            count = _count(shift, number)
            claim = samples.claim(
                article,
                shift + 1,
                f"How many workers were missing in shift {shift + 1}?",
                str(count),
                sentence,
                value=Quantity(low=count, high=count if shift % 3 else None, qualifier=Qualifier.EXACTLY),
                attributed_to=f"foreman {number % 7 + 1}",
                as_of=article.published,
            )
            if shift < shared:
                claims[shift].append(claim)
            else:
                single.append(SingleSource(id=claim.id, question=claim.question, positions=(samples.position(claim),)))
    disagreements, agreements = [], []
    for shift, told_by in claims.items():
        groups: dict[str, list[Claim]] = {}
        for item in told_by:
            groups.setdefault(item.answer, []).append(item)
        positions = [samples.position(*group) for group in groups.values()]
        positions = [
            item.model_copy(update={"voices": (Voice(source="foreman", articles=item.articles, basis="attribution"),)})
            for item in positions
        ]
        question = told_by[0].question
        if len(positions) == 1:
            agreements.append(Agreement(id=f"q{shift}", question=question, positions=(positions[0],), rationale="same"))
            continue
        figures = sorted(int(answer) for answer in groups)
        disagreements.append(
            Disagreement(
                id=f"q{shift}",
                question=question,
                positions=tuple(positions),
                relation=Relation.CONTRADICTION,
                severity="high",
                decided_by="rule",
                rationale="The ranges do not overlap.",
                estimate=Estimate(low=figures[0], best=figures[0], high=figures[-1], rule="lowest"),
            )
        )
    return samples.story(
        articles=tuple(texts),
        headline=None,
        narrative=(),
        disagreements=tuple(disagreements),
        agreements=tuple(agreements),
        single_source=tuple(single),
        unverified=(),
        failures=(),
    )


def _count(shift: int, number: int) -> int:
    """Two shifts of three are counted in several ways; in every third all agree."""
    return 20 + shift if shift % 3 == 2 else 10 + 3 * shift + number % 4
