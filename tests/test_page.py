"""The HTML page without a browser: its links meet, its marks are the evidence, nothing in it acts or is fetched."""

import base64
import hashlib
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from support import samples
from support.expected import STORIES, story_of
from support.hostile import HOSTILE
from support.large import large_story
from support.said import hostile_story

from summarizer import Article
from summarizer.render.page import story_html
from summarizer.render.page.marking import Span, direction, paragraphs, pieces, shown
from summarizer.render.page.texts import web_link
from summarizer.render.safe import plain
from summarizer.schemas import (
    Change,
    Copy,
    Failure,
    Judged,
    MergedSummary,
    Provenance,
    Usage,
    Voice,
)

Tree = html.HtmlElement
TAGS = """
html head meta title style script body svg symbol path circle rect line text desc g use nav a div header main section
footer aside article p h1 h2 h3 span b bdi kbd ol ul li dl dt dd details summary figure figcaption blockquote table
caption thead tbody tfoot tr th td mark button label select option input dialog
"""


def page(story: MergedSummary) -> Tree:
    """The page of a story as a tree."""
    return html.document_fromstring(story_html(story).encode(), parser=html.HTMLParser(encoding="utf-8"))


def by_class(tree: Tree, name: str) -> list[Tree]:
    """Elements of a class, in order."""
    return tree.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def body_of(tree: Tree, number: int) -> Tree:
    """The text of the article with this number."""
    return by_class(tree.get_element_by_id(f"a{number}"), "body")[0]


def text_of(body: Tree) -> str:
    """An article's text as the page has it, without the chips."""
    copy = html.fromstring(html.tostring(body, encoding="unicode"))
    for chips in by_class(copy, "chips"):
        chips.drop_tree()
    return copy.text_content()


def marked(body: Tree, key: str) -> str:
    """What is marked for one sentence."""
    return "".join(mark.text_content() for mark in body.iter("mark") if key in mark.get("data-e").split())


ALL = [*STORIES, "samples", "large"]


def any_story(name: str) -> MergedSummary:
    """An example's kept result, or one built here."""
    return {"samples": samples.story, "large": lambda: large_story(5)}.get(name, lambda: story_of(name))()


@pytest.fixture(scope="module", params=ALL)
def told(request: pytest.FixtureRequest) -> tuple[MergedSummary, Tree]:
    """A story and its page."""
    story = any_story(request.param)
    return story, page(story)


# --- links ---


def test_ids_are_unique_and_every_link_has_its_target(told: tuple[MergedSummary, Tree]) -> None:
    _, tree = told
    ids = tree.xpath("//@id")
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", id) for id in ids)
    inner = [href[1:] for href in tree.xpath("//@href") if href.startswith("#")]
    assert inner
    assert set(inner) <= set(ids)
    named = " ".join(tree.xpath("//@aria-labelledby")).split()
    assert set(named) <= set(ids)


def test_each_answer_leads_to_its_sentences_and_each_sentence_back(told: tuple[MergedSummary, Tree]) -> None:
    story, tree = told
    numbers = {article.id: count for count, article in enumerate(story.articles, 1)}
    for count, item in enumerate(story.comparisons, 1):
        for place, position in enumerate(item.positions, 1):
            side = tree.get_element_by_id(f"q{count}-p{place}")
            links = set(side.xpath(".//a[@class='to']/@href"))
            keys = {f"a{numbers[e.article]}-{e.start}-{e.end}" for c in position.claims for e in c.evidence}
            assert links == {f"#{key}" for key in keys}
            home = f"#q{count}-p{place}" if len(item.positions) > 1 else f"#q{count}"
            for key in keys:
                body = body_of(tree, int(key[1:].split("-")[0]))
                assert home in body.xpath(".//span[@class='chips']/a/@href")
    for count, claim in enumerate(story.unverified, 1):
        assert tree.get_element_by_id(f"u{count}").text_content().count(plain(claim.question))
        assert tree.xpath(f"//span[@class='chips']/a[@href='#u{count}']") or not claim.evidence


def test_marks_are_the_evidence_to_the_letter(told: tuple[MergedSummary, Tree]) -> None:
    story, tree = told
    numbers = {article.id: count for count, article in enumerate(story.articles, 1)}
    claims = [claim for item in story.comparisons for position in item.positions for claim in position.claims]
    for claim in [*claims, *story.unverified]:
        for item in claim.evidence:
            number = numbers[item.article]
            assert marked(body_of(tree, number), f"a{number}-{item.start}-{item.end}") == shown(item.quote)
    for article in story.articles:
        assert text_of(body_of(tree, numbers[article.id])) == shown(article.text)


def test_every_sentence_of_the_summary_opens_its_evidence(told: tuple[MergedSummary, Tree]) -> None:
    story, tree = told
    claims = {claim.id: claim for item in story.comparisons for p in item.positions for claim in p.claims}
    cited = by_class(tree, "proof") + by_class(tree, "told")
    wanted = [*([story.headline] if story.headline else []), *story.narrative]
    assert len(cited) == len(wanted)
    for element, sentence in zip(cited, wanted, strict=True):
        quotes = {shown(e.quote) for id in sentence.claims for e in claims[id].evidence}
        assert {quote.text_content() for quote in element.iter("blockquote")} == quotes
        assert element.xpath(".//a[contains(@class, 'chip')]")


def test_every_article_answers_in_its_column(told: tuple[MergedSummary, Tree]) -> None:
    story, tree = told
    rows = tree.xpath("//table[contains(@class, 'matrix')]/tbody/tr")
    shared = [*story.disagreements, *story.agreements]
    if not shared:
        assert rows == []
        return
    assert len(rows) == len(shared)
    for item, row in zip(shared, rows, strict=True):
        filled = [number for number, cell in enumerate(row.findall("td")) if cell.find("a") is not None]
        assert filled == [
            number
            for number, article in enumerate(story.articles)
            if any(article.id in position.articles for position in item.positions)
        ]
    counts = tree.xpath("//table[contains(@class, 'matrix')]/tfoot/tr[1]/td")
    assert sum(int(cell.text or 0) for cell in counts) == len(story.single_source)


def test_nothing_of_the_result_is_left_out() -> None:
    story = samples.story()
    text = page(story).text_content()
    for item in story.comparisons:
        assert item.question in text
        for position in item.positions:
            assert position.answer in text
    for disagreement in story.disagreements:
        assert disagreement.rationale in text
        assert f"{disagreement.severity} severity, decided by {disagreement.decided_by}" in text
    assert "update: correction" in text
    assert "“sea” does not stand in the evidence" in text
    assert "broken.txt: the file is not valid UTF-8. Save it as UTF-8 and try again" in text
    assert "embedded model tiny-test-model" in text
    assert "extract v1" in text
    earlier = Provenance(summarizer_version="0.0.9", model="older-model", settings={"window": 7})
    continued = samples.PROVENANCE.model_copy(update={"earlier": (earlier,)})
    foot = by_class(page(samples.story(provenance=continued)), "foot")[0].text_content()
    assert "continued from older-model" in foot
    assert "0.0.9" in foot
    assert "window 7" in foot
    assert "corrects an earlier figure" in text


def test_copies_changes_and_shared_voices_are_shown() -> None:
    copies = (
        Copy(id="wire-2", outlet="Fjord Wire", published="2031-05-04", url="https://wire.example/2", sha256="0" * 64),
        Copy(id="wire-3", url="javascript:alert(1)", sha256="1" * 64),
    )
    story = samples.story()
    first = story.disagreements[0]
    hurt = first.positions[0].model_copy(
        update={
            "articles": first.positions[0].articles,
            "voices": (Voice(source="harbour police", articles=("le-phare",), basis="attribution"),),
        }
    )
    change = Change(kind="position_added", text="A third figure came in.", articles=("al-mina",))
    changed = first.model_copy(update={"changes": (change,), "positions": (hurt, *first.positions[1:])})
    articles = (samples.FRENCH.model_copy(update={"copies": copies}), *story.articles[1:])
    tree = page(samples.story(articles=articles, disagreements=(changed, *story.disagreements[1:])))
    copied = by_class(tree, "copies")[0]
    assert "2 more copies" in copied.text_content()
    assert "Fjord Wire" in copied.text_content()
    assert "3 articles and 2 copies" in by_class(tree, "facts")[0].text_content()
    assert "one text" in tree.get_element_by_id("q1-p1").text_content()
    assert copied.xpath(".//a/@href") == ["https://wire.example/2"]
    assert "javascript:alert(1)" in copied.text_content()
    assert "A third figure came in." in by_class(tree, "changes")[0].text_content()
    assert "position added" in tree.get_element_by_id("q1").text_content()


def test_who_wrote_an_article_stands_under_its_title() -> None:
    copy = Copy(id="wire-2", outlet="Fjord Wire", byline="هدى العلي", sha256="0" * 64)
    mine = samples.FRENCH.model_copy(update={"byline": "Solène Barrat; Tom Reed", "copies": (copy,)})
    tree = page(samples.story(articles=(mine, *samples.ARTICLES[1:])))
    [by] = by_class(tree, "by")
    assert by.text_content() == "by Solène Barrat; Tom Reed"
    assert by.getparent() is tree.get_element_by_id("a1").find("header")
    assert by.find("bdi") is not None
    assert "by \u2068هدى العلي\u2069" in by_class(tree, "copies")[0].text_content()


def test_the_outlet_of_a_copy_can_be_chosen() -> None:
    copy = Copy(id="wire-2", outlet="Fjord Wire", sha256="0" * 64)
    articles = (samples.FRENCH.model_copy(update={"copies": (copy,)}), *samples.ARTICLES[1:])
    tree = page(samples.story(articles=articles))
    options = {option.text: option.get("value") for option in tree.xpath("//select[@data-facet='outlet']/option")}
    assert f" {options['Fjord Wire (6)']} " in tree.get_element_by_id("q1").get("data-outlet")
    assert f" {options['Fjord Wire (6)']} " not in tree.get_element_by_id("q4").get("data-outlet")


def test_what_the_model_was_asked_is_told() -> None:
    item = samples.story().disagreements[3]
    pair = Judged(claims=("harbour-post#4", "al-mina#2"), verdict="different")
    tree = page(
        samples.story(disagreements=(item.model_copy(update={"judged": (pair, pair)}),), headline=None, narrative=())
    )
    assert by_class(tree.get_element_by_id("q1"), "note")[0].text == (
        "Asked, the model took 1A and 1B for different answers."
    )


def test_quotes_keep_language_and_direction() -> None:
    tree = page(story_of("ferry-fire"))
    quote = tree.get_element_by_id("q1-p3").find(".//blockquote")
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "rtl")
    assert tree.get_element_by_id("q1-p2").find(".//blockquote").get("lang") == "fr"
    assert (body_of(tree, 3).get("lang"), body_of(tree, 3).get("dir")) == ("ar", "rtl")


def test_a_story_of_nothing_and_of_one_article() -> None:
    made, empty = Provenance(summarizer_version="0"), ()
    failed = Failure(article=None, stage="read", reason="no")
    shared = {"agreements": (), "single_source": (), "disagreements": (), "narrative": (), "headline": None}
    tree = page(MergedSummary(articles=(), unverified=(), failures=(failed,), usage=Usage(), provenance=made, **shared))
    assert "No article could be read." in tree.text_content()
    assert "all articles: no" in tree.text_content()
    tree = page(
        MergedSummary(
            articles=(samples.FRENCH,), unverified=(), failures=empty, usage=Usage(), provenance=made, **shared
        )
    )
    assert "There are no two articles to compare." in tree.text_content()
    assert "No claim rests on this article." in tree.text_content()


# --- nothing is fetched, nothing acts ---


def check_harmless(document: str) -> Tree:
    """The page's tree, after all that must hold for any story."""
    tree = html.document_fromstring(document.encode(), parser=html.HTMLParser(encoding="utf-8"))
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= set(TAGS.split())
    assert not tree.xpath("//comment()")
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "src", "srcdoc")]
        href = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or "#"
        if not href.startswith("#"):
            assert element.tag == "a"
            assert re.match(r"https?://", href)
            assert (element.get("rel"), element.get("target")) == ("noopener noreferrer", "_blank")
    style, script = tree.xpath("//style"), tree.xpath("//script")
    assert len(style) == len(script) == 1
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for name, element in (("style-src", style[0]), ("script-src", script[0])):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
        assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttp|import\(|eval\(|innerHTML", element.text)
    return tree


def test_the_page_asks_nobody_for_anything(told: tuple[MergedSummary, Tree]) -> None:
    check_harmless(story_html(told[0]))


ATTACKS = (
    "<script>alert(1)</script>", "</style><script>alert(1)</script>", "</script>", "<img src=x onerror=alert(1)>",
    "<!--", "-->", "<!-- x -->", "]]>", "{{ 7*7 }}", "{% for x in range(9) %}x{% endfor %}", "{# x #}",
    "' onmouseover='alert(1)", '" onfocus="alert(1)" autofocus="', "javascript:alert(1)", "https://evil.example/",
    "&lt;b&gt;", "&#x202e;", "\u202e", "\u2067", "\u2069", "\x00", "\x1b[31m", "\x9b", "\ufeff", "\U000e0041", "\r\n",
    "\r", "\u2028", "\x0c", "\n\n", "#", "?", " ", "q1", "a1-0-1", "العربية", "עברית", "中文", "=cmd",
)  # fmt: skip
SAID = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=4), min_size=1, max_size=6).map("".join)


def skeleton(tree: Tree) -> list[tuple[str, list[str]]]:
    """Elements and the names of their attributes, without article text, addresses and names to choose from."""
    for name in ("body", "about", "by", "where", "copies", "choices"):
        for element in by_class(tree, name):
            element.drop_tree()
    for element in list(tree.iter("blockquote")):
        element.drop_tree()
    return [(str(e.tag), sorted(set(e.attrib) - {"lang", "class"})) for e in tree.iter()]


def check_hostile(story: MergedSummary) -> None:
    """What holds for a story of hostile texts: they are there, and are text."""
    tree = check_harmless(story_html(story))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= set(ids)
    article, item = story.articles[0], story.disagreements[0]
    assert text_of(body_of(tree, 1)) == shown(article.text)
    assert [by.text_content() for by in by_class(tree, "by")] == [
        f"by {name}" for name in [plain(article.byline)] if name
    ]
    assert all([child.tag for child in by.iter()] == ["p", "bdi"] for by in by_class(tree, "by"))
    question = tree.get_element_by_id("q1-h").text_content()
    assert question == plain(item.question)
    assert tree.xpath("//h1")[0].text_content() == plain(story.headline.text if story.headline else "")
    assert not re.search("[\u202a-\u202e\u2067\ufeff\x00-\x08\x7f-\x9f\U000e0000-\U000e007f]", tree.text_content())
    assert skeleton(tree) == skeleton(page(hostile_story("x")))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAID)
def test_no_text_acts_on_the_page(text: str) -> None:
    check_hostile(hostile_story(text))


@pytest.mark.parametrize("item", HOSTILE, ids=lambda item: item.name)
def test_no_hostile_article_acts_on_the_page(item: object) -> None:
    check_hostile(hostile_story("x", item.article))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " https://a.example", "data:text/html,x", "file:///x",
            "//a.example", "http:a", "https://", "http://[", "https://a.b/\u202egpj", "ftp://a.example", "", None],
)  # fmt: skip
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert web_link(url) is None


def test_web_addresses_are_links() -> None:
    assert web_link("https://a.example/x?y=1&z=<b>") == "https://a.example/x?y=1&z=<b>"


def test_comparisons_that_share_an_id_stand_apart() -> None:
    story = samples.story()
    same = tuple(item.model_copy(update={"id": "same"}) for item in story.disagreements)
    alone = tuple(item.model_copy(update={"id": "same"}) for item in story.single_source)
    tree = page(samples.story(disagreements=same, single_source=alone))
    assert [tree.get_element_by_id(f"q{n}-h").text_content() for n in (1, 2, 3, 4)] == [item.question for item in same]


# --- size ---


def test_five_long_articles_stay_small() -> None:
    story = large_story(5, shared=15, alone=15, filler=2)
    assert min(len(article.text) for article in story.articles) > 1800
    assert len(story_html(story).encode()) < 300_000
    for name in STORIES:
        assert len(story_html(story_of(name)).encode()) < 150_000


def test_a_hundred_articles_stay_usable() -> None:
    document = story_html(large_story(100))
    assert len(document.encode()) < 3_500_000
    assert sum(1 for _ in html.document_fromstring(document.encode()).iter()) < 60_000


# --- marks ---

TEXT = st.text(st.sampled_from("ab. \n\n\r\t\u2028\u202e\x1bعش中"), min_size=1, max_size=60)


@st.composite
def spanned(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text and some spans of it, nested, overlapping and equal in any way, each with an id of its own."""
    text = draw(TEXT)
    place = st.integers(0, len(text))
    pairs = draw(st.sets(st.tuples(place, place).filter(lambda pair: pair[0] < pair[1]), max_size=6))
    return text, [Span(start, end, f"s{start}-{end}") for start, end in pairs]


@settings(max_examples=300, deadline=None)
@given(spanned())
def test_segments_cover_exactly_what_the_spans_say(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    rows = paragraphs(text, spans)
    at, covered, gap_text = 0, {span.id: "" for span in spans}, {span.id: "" for span in spans}
    for row in rows:
        for segment in row.segments:
            assert segment.start == at
            whole = "".join(piece.text for piece in segment.pieces)
            assert whole == shown(text[segment.start : segment.end])
            at = segment.end
            assert {s.id for s in segment.spans} == {
                s.id for s in spans if s.start <= segment.start and segment.end <= s.end
            }
            for span in segment.spans:
                covered[span.id] += whole
        for span in spans:
            low, high = max(span.start, at), min(span.end, at + len(row.gap))
            gap_text[span.id] += text[low:high] if low < high else ""
        assert row.gap == shown(text[at : at + len(row.gap)])
        at += len(row.gap)
    assert at == len(text)
    for span in spans:
        assert len(covered[span.id]) + len(gap_text[span.id]) == span.end - span.start
        assert gap_text[span.id].strip() == ""
        assert covered[span.id]
    opens = [span.id for row in rows for segment in row.segments for span in segment.opens]
    closes = [span.id for row in rows for segment in row.segments for span in segment.closes]
    assert sorted(opens) == sorted(closes) == sorted(span.id for span in spans)


@settings(deadline=None)
@given(st.text())
def test_what_is_shown_is_as_long_and_acts_on_nothing(text: str) -> None:
    safe = shown(text)
    assert len(safe) == len(text)
    assert all(one == other for one, other in zip(text, safe, strict=True) if plain(one))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]", safe)
    assert "".join(piece.text for piece in pieces(text)) == safe


def test_a_hidden_sign_is_named() -> None:
    assert [(piece.text, piece.title) for piece in pieces("12\u202e34")] == [
        ("12", None),
        ("\ufffd", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("34", None),
    ]


def test_the_direction_is_that_of_most_letters() -> None:
    assert direction("BBC: قال المتحدث باسم الوزارة") == "rtl"
    assert direction("The word שלום means peace") == "ltr"
    assert direction("1234") == "ltr"


def test_several_claims_on_one_sentence_have_a_chip_each() -> None:
    text = "Nine died and four were hurt. Rain fell."
    article = Article(id="one", text=text, language="en")
    sentence = text[:29]
    died = samples.claim(article, 1, "How many died?", "9", sentence)
    hurt = samples.claim(article, 2, "How many were hurt?", "4", sentence)
    part = samples.claim(article, 3, "How many died, at least?", "9", "Nine died")
    story = samples.story(
        articles=(article,), headline=None, narrative=(), disagreements=(), agreements=(), unverified=(),
        single_source=tuple(
            samples.SingleSource(id=f"s{n}", question=c.question, positions=(samples.position(c),))
            for n, c in enumerate((died, hurt, part))
        ),
    )  # fmt: skip
    body = body_of(page(story), 1)
    assert [mark.text for mark in body.iter("mark")] == ["Nine died", " and four were hurt."]
    assert [a.get("href") for a in body.xpath(".//span[@class='chips']/a")] == ["#q3", "#q1", "#q2"]
    assert marked(body, "a1-0-29") == sentence
    assert marked(body, "a1-0-9") == "Nine died"
