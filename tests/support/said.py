"""A story in which everything that holds text holds one text: what that text wants must not happen in any output."""

from summarizer import Article
from summarizer.schemas import Change, Cited, Claim, Copy, Disagreement, Failure, MergedSummary, Provenance, Relation

from . import samples


def hostile_story(text: str, article: Article | None = None) -> MergedSummary:
    """A story in which everything that holds text holds `text`."""
    text = text.encode("utf-8", "replace").decode()
    said = text if text.strip() else f"{text}x"
    article = article or Article(
        id=f"a{text}", title=said, outlet=said, url=f"https://x.example/{said}", language=said[:9], text=f"x{text}y"
    )
    copied = Copy(id=f"c{text}", title=said, outlet=said, byline=said, url=said, sha256="0" * 64)
    article = article.model_copy(update={"copies": (copied,), "byline": article.byline or said})
    first: Claim = samples.claim(article, 1, f"What{text}?", f"a{text}", article.text, attributed_to=said)
    other = samples.claims()["cause_ar"]
    item: Disagreement = samples.disagreement(
        1, samples.position(first), samples.position(other), relation=Relation.CONTRADICTION, rationale=f"r{text}"
    )
    item = item.model_copy(update={"id": said, "changes": (Change(kind="new_disagreement", text=said),)})
    doubtful = samples.claim(article, 2, f"Who{text}?", said, article.text, failed=("answer", f"r{text}"))
    cited = Cited(text=f"t{text}", claims=(first.id,))
    return samples.story(
        articles=(article, samples.ARABIC),
        headline=cited,
        narrative=(cited, cited),
        disagreements=(item,),
        agreements=(),
        single_source=(),
        unverified=(doubtful,),
        failures=(Failure(article=f"f{text}", stage="read", reason=f"r{text}", hint=f"h{text}"),),
        provenance=Provenance(summarizer_version=said, model=said, provider=said, settings={said: said}),
    )
