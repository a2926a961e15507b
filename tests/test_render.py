"""What readers see: terminal text at several widths, Markdown, dates and relations in words, safe article text."""

import re
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console
from support import samples

from summarizer.render import common, safe
from summarizer.render.markdown import escape, story_markdown, summaries_markdown
from summarizer.render.quotes import excerpt, quote_lines
from summarizer.render.text import story_text, story_view, summaries_text
from summarizer.schemas import (
    Copy,
    Disagreement,
    Failure,
    MergedSummary,
    Provenance,
    Quantity,
    Relation,
    Subtype,
    Usage,
    Voice,
)
from summarizer.text.date_words import as_of_words, date_words, period_words

WIDTHS = (60, 80, 120)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
HOSTILE = (
    "\x1b[31mred\x1b[0m [bold]loud[/bold] <script>alert(1)</script> | a `cell` \u202eflow ![i](http://x.y) @admin #12"
)


def flat(text: str) -> str:
    """The text without line breaks and isolates, to look for phrases in it."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def hostile_story() -> MergedSummary:
    """A story whose article, question, speaker and failure carry markup, escapes and overrides."""
    article = samples.ENGLISH.model_copy(
        update={"text": HOSTILE, "outlet": HOSTILE, "byline": HOSTILE, "title": HOSTILE, "sha256": ""}
    )
    article = type(article)(**article.model_dump(exclude={"sha256"}))
    claim = samples.claim(article, 1, f"What? {HOSTILE}", HOSTILE, HOSTILE, attributed_to=HOSTILE)
    other = samples.claims()["cause_ar"]
    item = samples.disagreement(
        1, samples.position(claim), samples.position(other), relation=Relation.CONTRADICTION, rationale=HOSTILE
    )
    return samples.story(
        articles=(article, samples.ARABIC),
        headline=None,
        narrative=(),
        disagreements=(item,),
        agreements=(),
        single_source=(),
        unverified=(),
        failures=(Failure(article=HOSTILE, stage="read", reason=HOSTILE, hint=HOSTILE),),
    )


# --- the terminal view ---


@pytest.mark.parametrize("width", WIDTHS)
def test_story_fits_the_width_and_carries_no_control_codes(width: int) -> None:
    text = story_text(samples.story(), width=width, verbose=True)
    assert max(map(cell_len, text.splitlines())) <= width
    assert not CONTROLS.search(text)


@pytest.mark.parametrize("width", WIDTHS)
def test_story_says_who_disagrees_on_what_as_of_when_and_according_to_whom(width: int) -> None:
    text = flat(story_text(samples.story(), width=width))
    for phrase in (
        "Varnholm tunnel collapse",
        "3 articles · ar, en, fr · 3 to 6 May 2031",
        "DISAGREE 4",
        "How many workers were injured in the Varnholm tunnel collapse?",
        "update: correction",
        "at least 12",
        "as of 3 May 2031 (published) · harbour police · le-phare (Le Phare)",
        "as of 6 May 2031 · regional hospital",
        "low 12 · best 27 (latest) · high 31 workers",
        "The latest article says that the hospital corrected its figure. (medium severity, decided by rule)",
        "denial: not confirmed",
        "other scope",
        "scope: both shores, including subcontractors",
        "contradiction: by source",
        "decided by model",
        "AGREE 1",
        "When did work on the tunnel begin? → in 2029 — le-phare (Le Phare), harbour-post (Harbour Post)",
        "all trace to one source",
        "ONLY ONE SOURCE 1",
        "When did the tunnel collapse? → on Friday morning (fire brigade; alleged)",
        "NOT VERIFIED 2 (answer not in evidence 1, number not in evidence 1)",
        "broken.txt: the file is not valid UTF-8. Save it as UTF-8 and try again",
        "embedded model tiny-test-model · 31 calls (1 failed, 1 repeated) · 9,812 tokens in, 2,304 out · 96 s",
    ):
        assert phrase in text


@pytest.mark.parametrize("width", WIDTHS)
def test_verbose_story_shows_every_claim_and_whole_quotes(width: int) -> None:
    text = flat(story_text(samples.story(), width=width, verbose=True))
    for claim in samples.claims().values():
        assert claim.question in text
        assert claim.answer in text
        assert flat(claim.evidence[0].quote) in text
    assert "not verified: 14 does not stand in the evidence" in text


def test_colour_adds_nothing_but_colour() -> None:
    console = Console(width=80, force_terminal=True, color_system="standard", _environ={})
    with console.capture() as capture:
        console.print(story_view(samples.story(), width=80))
    coloured = capture.get()
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == story_text(samples.story(), width=80).splitlines()


def test_right_to_left_quotes_are_isolated_on_each_line() -> None:
    text = story_text(samples.story(), width=60)
    start = text.index("«\u2068أصيب")
    block = text[start : text.index("»", start) + 1].splitlines()
    assert len(block) == 2
    for line in block:
        assert re.fullmatch("«?\u2068[^\u2068\u2069]+\u2069»?", line.strip())
    assert "«Thirty-one" in text  # what runs from left to right is left alone


def test_story_without_disagreements_headline_or_model_reads_well() -> None:
    story = samples.story(
        disagreements=(), headline=None, narrative=(), unverified=(), failures=(), usage=Usage(),
        provenance=Provenance(summarizer_version="0.1.0"),
    )  # fmt: skip
    text = flat(story_text(story))
    assert "3 articles compared" in text
    assert "DISAGREE 0" in text
    assert text.endswith("no model")
    assert "FAILED" not in text
    assert "NOT VERIFIED" not in text


def test_summaries_show_header_claims_reasons_and_failures() -> None:
    failure = Failure(article="x.txt", stage="extract", reason="reply cut off", partial=True)
    text = flat(summaries_text([samples.summary(), samples.summary(samples.FRENCH)], [failure], width=80))
    for phrase in (
        "WHAT The Varnholm road tunnel collapsed.",
        "CLAIMS 5",
        "→ more than 1,300",
        "«The site employs more than 1,300 people.»",
        "not verified: “sea” does not stand in the evidence",
        "Éboulement dans le tunnel de Varnholm",
        "x.txt: reply cut off (the rest of it is in the result)",
    ):
        assert phrase in text


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_article_text_cannot_reach_the_terminal(width: int) -> None:
    text = story_text(hostile_story(), width=width)
    assert not CONTROLS.search(text)
    assert "[bold]loud[/bold]" in flat(text)


# --- bylines ---

WRITTEN = tuple(
    article.model_copy(update={"byline": byline, "copies": copies})
    for article, byline, copies in zip(
        samples.ARTICLES,
        ("Solène Barrat; Tom Reed", None, "هدى العلي"),
        ((), (Copy(id="wire", outlet="Fjord Wire", byline="Ida Crane", sha256="0" * 64),), ()),
        strict=True,
    )
)


def test_the_list_of_articles_says_who_wrote_them_where_it_is_known() -> None:
    shown = story_text(samples.story(articles=WRITTEN), width=120)
    assert "Le Phare · 3 May 2031 · fr · by Solène Barrat; Tom Reed · “Éboulement" in shown
    assert "Harbour Post · 5 May 2031 · en · “Tunnel toll" in shown
    assert "Fjord Wire · undated · by Ida Crane · the same text as harbour-post" in shown
    assert "ar · by \u2068هدى العلي\u2069 · “" in shown
    assert " by " not in story_text(samples.story(), width=120).split("DISAGREE")[0]
    summary = samples.summary(samples.FRENCH).model_copy(update={"article": WRITTEN[0]})
    assert "· by Solène Barrat; Tom Reed ·" in summaries_text([summary])
    assert "· fr · by Solène Barrat; Tom Reed\n" in summaries_markdown([summary])


def test_the_table_of_articles_says_who_wrote_them_where_it_is_known() -> None:
    rows = story_markdown(samples.story(articles=WRITTEN)).split("## Articles")[1].splitlines()
    assert [row.split(" | ")[1] for row in rows if row.startswith("| ")][2:] == [
        "Le Phare, by Solène Barrat; Tom Reed",
        "Harbour Post",
        "Fjord Wire, by Ida Crane",
        "\u2068الميناء\u2069, by \u2068هدى العلي\u2069",
    ]


# --- safe text ---


@given(st.text())
def test_plain_leaves_one_safe_line_and_nothing_more_to_do(text: str) -> None:
    once = safe.plain(text)
    assert not CONTROLS.search(once)
    assert len(once.splitlines()) <= 1
    assert safe.plain(once) == once


def test_plain_keeps_what_scripts_need() -> None:
    text = "می\u200cخواهم 👩\u200d🚒 naïve Ærø"
    assert safe.plain(text) == text


def test_plain_removes_what_hides_or_reorders() -> None:
    assert safe.plain("a\u202eb\u2067c\x1b]0;x\x07d\x9be\U000e0041\ufefff\ngh") == "abc]0;xdef gh"


# --- quotes ---


def test_excerpt_is_cut_around_the_number_of_the_answer() -> None:
    article = samples.FRENCH
    quote = samples.sentence(article, "Selon la police")
    shown = excerpt(quote, samples.claims()["hurt_fr"], 40)
    assert "12" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_excerpt_finds_the_number_in_other_digits() -> None:
    text = "في المدينة وحولها " * 6 + "أصيب ٢٧ عاملا" + " في المدينة وحولها" * 6 + "."
    article = type(samples.ARABIC)(id="long", text=text)
    claim = samples.claim(article, 1, samples.HURT, "27", text, value=Quantity(low=27, high=27))
    assert "٢٧" in excerpt(text, claim, 50)


def test_excerpt_finds_the_shared_word_of_an_answer_in_words() -> None:
    text = "On a windy evening, long after the last of the guests had left the hall, Marlowe Quint resigned as mayor."
    article = type(samples.ENGLISH)(id="long", text=text)
    claim = samples.claim(article, 1, "Who resigned?", "Marlowe Quint", text)
    assert "Marlowe" in excerpt(text, claim, 40)


@given(st.text(min_size=1), st.integers(min_value=12, max_value=90))
def test_excerpt_never_exceeds_its_width_and_shows_only_the_quote(text: str, width: int) -> None:
    shown = excerpt(text, samples.claims()["cause_en"], width)
    assert cell_len(shown) <= width
    assert shown.removeprefix("… ").removesuffix(" …") in safe.plain(text)


@given(st.text(alphabet="ab مدينة漢字 1", min_size=1), st.integers(min_value=12, max_value=60))
def test_quote_lines_fit_and_balance_their_isolates(text: str, width: int) -> None:
    lines = quote_lines(text, width)
    assert lines[0].startswith("«")
    assert lines[-1].endswith("»")
    for line in lines:
        assert cell_len(line) <= width
        assert line.count("\u2068") == line.count("\u2069")


# --- words ---


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        (None, "undated"),
        ("..", "undated"),
        ("2031", "2031"),
        ("2031-05", "May 2031"),
        ("2031-05-03", "3 May 2031"),
        ("2031-05-03T09:42:00", "3 May 2031"),
        ("2031-05~", "about May 2031"),
        ("2031-05-03?", "possibly 3 May 2031"),
        ("2031-05%", "possibly about May 2031"),
        ("XXXX-12", "December, year not known"),
        ("XXXX-12-17", "17 December, year not known"),
        ("2031-XX", "2031"),
        ("2031-05-XX", "May 2031"),
        ("203X", "2030s"),
        ("20XX", "2000s"),
        ("2031-22", "summer 2031"),
        ("2031-04/2031-06", "April to June 2031"),
        ("2031-05-03/2031-05-05", "3 to 5 May 2031"),
        ("2031-05-30/2031-06-02", "30 May to 2 June 2031"),
        ("2030-12-30/2031-01-02", "30 December 2030 to 2 January 2031"),
        ("2030/2031", "2030 to 2031"),
        ("2031-05/..", "since May 2031"),
        ("../2031-05", "until May 2031"),
        ("[2031,2032]", "[2031,2032]"),
    ],
)
def test_dates_in_words(edtf: str | None, words: str) -> None:
    assert date_words(edtf) == words


def test_periods_and_states_of_knowledge_in_words() -> None:
    assert period_words("2031-05") == "in May 2031"
    assert period_words("2031-05-03") == "on 3 May 2031"
    assert period_words("2031-04/2031-06") == "from April to June 2031"
    assert period_words("2031/..") == "since 2031"
    assert as_of_words("2031-05-03") == "as of 3 May 2031"
    assert as_of_words(None) == "undated"


def test_position_tells_the_counted_period_before_the_date() -> None:
    claim = samples.claim(samples.FRENCH, 9, samples.STAFF, "many", "Le chantier", period="2031-04", as_of="2031-05-03")
    assert common.when_words(samples.position(claim)) == "in April 2031, as of 3 May 2031"


def voiced(independent: int | None, *voices: Voice) -> MergedSummary:
    """The story, its agreement once more as a side of a disagreement, both with these voices."""
    story = samples.story()
    (agreed,) = story.agreements
    side = agreed.positions[0].model_copy(update={"voices": voices})
    leading = story.disagreements[0].model_copy(update={"positions": (side, story.disagreements[0].positions[0])})
    agreed = agreed.model_copy(update={"positions": (side,), "independent_sources": independent})
    return story.model_copy(update={"disagreements": (leading,), "agreements": (agreed,)})


ALL = tuple(article.id for article in samples.ARTICLES)
HOSPITAL = "المستشفى الإقليمي"


@pytest.mark.parametrize(
    "render", [lambda story: flat(story_text(story, width=120)), lambda story: flat(story_markdown(story))]
)
@pytest.mark.parametrize(
    ("independent", "voices", "side", "note"),
    [
        (
            1,
            [Voice(source="police", articles=ALL, basis="attribution")],
            "police (3 outlets, one voice)",
            "all trace to one source: police",
        ),
        (
            2,
            [
                Voice(source=HOSPITAL, articles=ALL[:2], basis="attribution"),
                Voice(source="police", articles=ALL[2:], basis="attribution"),
            ],
            f"{HOSPITAL} (2 outlets, one voice), police",
            f"{HOSPITAL} (2 outlets, one voice), police",
        ),
        (
            None,
            [
                Voice(source=None, articles=ALL[:2], basis="copied_text"),
                Voice(source="Al-Mina", articles=ALL[2:], basis="outlet"),
            ],
            "2 outlets, one text",
            "2 outlets, one text",
        ),
    ],
)
def test_outlets_of_one_voice_are_counted_once(
    independent: int | None, voices: list[Voice], side: str, note: str, render: Callable[[MergedSummary], str]
) -> None:
    page = render(voiced(independent, *voices))
    disagreed, agreed = re.split("AGREE  ?1 |## Agreements", page.replace("DISAGREE", "DIFFER"), maxsplit=1)
    assert side in disagreed
    assert note in agreed
    assert "((" not in page


def test_an_outlet_that_speaks_for_itself_is_cited_only() -> None:
    voices = [Voice(source=article.outlet, articles=(article.id,), basis="outlet") for article in samples.ARTICLES]
    page = flat(story_text(voiced(None, *voices), width=120))
    assert "no source named · le-phare (Le Phare), harbour-post (Harbour Post)" in page
    assert "voice" not in page


def test_the_name_of_a_voice_is_made_safe() -> None:
    story = voiced(2, Voice(source=HOSTILE, articles=ALL, basis="attribution"))
    assert not CONTROLS.search(story_text(story))
    assert "<script>" not in story_markdown(story)


@pytest.mark.parametrize("relation", [r for r in Relation if r not in (Relation.AGREEMENT, Relation.NOT_COMPARABLE)])
@pytest.mark.parametrize("subtype", [None, *get_args(Subtype)])
def test_every_relation_has_a_label_that_tells_relation_and_subtype(
    relation: Relation, subtype: Subtype | None
) -> None:
    positions = samples.story().disagreements[0].positions
    item = Disagreement(
        id="d", question="Q?", positions=positions, relation=relation, subtype=subtype, severity="low",
        decided_by="rule", rationale="r",
    )  # fmt: skip
    words = common.label(item)
    assert relation.value in words
    assert subtype is None or ":" in words


@pytest.mark.parametrize(
    ("value", "words"),
    [(12300.0, "12,300"), (4.5, "4.5"), (0.0, "0"), (1234567.25, "1,234,567.25"), (-3.0, "-3"), (2e9, "2,000,000,000")],
)
def test_numbers_have_separators(value: float, words: str) -> None:
    assert common.number(value) == words


def test_date_span_says_how_many_articles_are_undated() -> None:
    undated = type(samples.ENGLISH)(id="u", text="t")
    assert common.span_words([*samples.ARTICLES, undated]) == "3 to 6 May 2031, 1 undated"
    assert common.span_words([undated]) == "undated"
    assert common.span_words([samples.FRENCH]) == "3 May 2031"


# --- Markdown ---

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(document: str) -> list[tuple[str, str]]:
    """Type and content of all tokens, inline ones included."""
    blocks = READER.parse(document)
    return [(token.type, token.content) for block in blocks for token in (block, *(block.children or ()))]


@given(st.text(alphabet=st.characters() | st.sampled_from("\\`*_{}[]<>|~$&#!^-+=:.@1)( \t\n"), max_size=60))
def test_escaped_text_is_shown_as_it_stands(text: str) -> None:
    document = f"Before {escape(text)}\n\n{escape(text)}\n\n- {escape(text)}\n"
    kinds = {kind for kind, _ in tokens(document)}
    assert kinds <= {
        "paragraph_open", "paragraph_close", "inline", "text", "html_inline", "text_special",
        "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    }  # fmt: skip
    shown = "".join(content for kind, content in tokens(f"x{escape(text)}x") if kind in ("text", "text_special"))
    assert shown == f"x{safe.plain(text)}x"
    assert {content for kind, content in tokens(document) if kind == "html_inline"} <= {"<!-- -->"}


def test_hostile_article_text_cannot_inject_markdown_or_html() -> None:
    found = tokens(story_markdown(hostile_story()))
    assert {content for kind, content in found if kind.startswith("html")} <= {"<!-- -->"}
    assert not {kind for kind, _ in found} & {"link_open", "image", "code_inline", "fence", "code_block"}
    assert not re.search(r"(?<![\w<])@admin|(?<!\\)#12", story_markdown(hostile_story()))


def test_escape_breaks_automatic_links() -> None:
    assert escape("see http://a.b and www.c.d or mailto:e") == r"see http\://a.b and www\.c.d or mailto\:e"


def test_markdown_story_has_the_same_content() -> None:
    document = story_markdown(samples.story())
    for phrase in (
        "# Varnholm tunnel collapse",
        "## Disagreements: 4",
        "### 1. How many workers were injured in the Varnholm tunnel collapse?",
        "**update: correction** (medium severity, decided by rule).",
        "| **at least 12** | as of 3 May 2031 (published) | harbour police | le-phare (Le Phare) |",
        "Estimate: low 12 · best 27 (latest) · high 31 workers",
        "> «The site employs more than 1,300 people.» — harbour-post",
        "all trace to one source",
        "## Only one source: 1",
        "| How many shifts work on the site? | 14 | le-phare | 14 does not stand in the evidence |",
        "- broken.txt: the file is not valid UTF-8. Save it as UTF-8 and try again",
        "_embedded model tiny-test-model",
    ):
        assert phrase in document
    tables = [kind for kind, _ in tokens(document) if kind == "table_open"]
    assert len(tables) == 4 + 1 + 1 + 1  # four disagreements, agreements, unverified, articles


def test_markdown_summaries_quote_their_evidence() -> None:
    document = summaries_markdown([samples.summary()])
    assert "- **What:** The Varnholm road tunnel collapsed." in document
    assert "> «The site employs more than 1,300 people.»" in document
    assert "## Not verified: 1" in document
