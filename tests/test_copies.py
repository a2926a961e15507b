"""The same article twice: what counts as a copy, which one is kept, and what a story shows of the others."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.claims import KILLED, Draft
from support.fake_model import SyntheticModel, asked_sentences
from typer.testing import CliRunner

from summarizer import Article, Settings, Summarizer, merge
from summarizer.cli.app import app
from summarizer.copies import is_copy, with_copies
from summarizer.render.markdown import story_markdown
from summarizer.render.text import story_text
from summarizer.schemas import Agreement, EventSummary, MergedSummary

WIRE = (
    "A fire on the ferry Lindholm killed five passengers in Sorvik Bay, the harbour police said.",
    "The flames broke out in the engine room shortly after the ship had left the pier.",
    "At least 14 people were injured, most of them by smoke.",
    "The alarm went off at 21:45, according to the fire brigade.",
    "The owner, Norvik Lines, denied that the pumps had failed.",
    "Divers searched the wreck on Saturday until the light was gone.",
    "The ferry was launched in 2011 and last inspected on 12 April.",
    "Survivors were brought to a school near the market, where neighbours came with blankets and soup.",
    "No child was on board, the ferry's cook told the crowd at the pier.",
    "Candles for the dead burned in the chapel above the harbour.",
)
BODY = " ".join(WIRE)
TITLE = "Five killed in ferry fire"


def article(id: str = "a", text: str = BODY, **fields: Any) -> Article:
    return Article.from_text(text, **{"id": id, "title": TITLE, "language": "en", **fields})


def copied(text: str, **fields: Any) -> bool:
    """Whether the text is a copy of the wire's, asked both ways round."""
    answers = {is_copy(article(), article("b", text, **fields)), is_copy(article("b", text, **fields), article())}
    assert len(answers) == 1
    return answers.pop()


# --- what is a copy ---


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        BODY.replace(" The ", "\n\nThe ").replace("killed", "KILLED"),
        BODY.replace("ferry's", "ferry’s").replace(" at ", "\u00a0at "),
        f"SORVIK, May 3 (Reuters) - {BODY}",
        f"SORVIK BAY — {BODY}",
        f"Port de Sorvik (AFP) – {BODY}",
        f"By Jane Doe\n\n{BODY}",
        f"{BODY}\n\n(Reporting by Jane Doe; Editing by Elke Varn)",
        f"{BODY}\n\nSource: Reuters",
        f"{BODY}\n\nRead also: Six dead in Karsholm mine",
        f"{TITLE}\n\n{BODY}",
        " ".join(WIRE[:-1]),
        " ".join((*WIRE[:7], *WIRE[8:])),
        f"{BODY} The mayor thanked the crews.",
    ],
)
def test_the_same_text_in_another_dress_is_a_copy(text: str) -> None:
    assert copied(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("five passengers", "six passengers"),
        ("five passengers", "passengers"),
        ("At least 14", "14"),
        ("At least 14", "More than 14"),
        ("21:45", "21:50"),
        ("denied", "confirmed"),
        ("denied", "neither confirmed nor denied"),
        ("on Saturday", "on Sunday"),
        ("in 2011", "in 2012"),
        ("12 April", "13 April"),
        ("No child was", "A child was"),
        ("harbour police", "coast guard"),  # who says five
        ("The flames broke out", "The flames reportedly broke out"),
        ("the engine room", "the galley"),  # an edited sentence may have corrected what it says
        (f" {WIRE[2]}", ""),  # one of the two would lose a figure
        (f" {WIRE[4]}", ""),
        (WIRE[-1], f"{WIRE[-1]} Two more bodies were found on Sunday."),
        (WIRE[-1], f"{WIRE[-1]} The union accused the owner of greed."),
        ("killed five", "killed 5"),  # the safe side: a sentence with a figure that is written otherwise
    ],
)
def test_an_edit_of_what_can_be_compared_is_none(old: str, new: str) -> None:
    assert old in BODY
    assert not copied(BODY.replace(old, new))
    story = with_copies([article(), article("b", BODY.replace(old, new))])
    assert [one.id for one in story] == ["a", "b"]


def test_a_headline_may_be_the_outlets_own_but_tells_no_figure_of_its_own() -> None:
    assert copied(BODY, title="Night of fire in Sorvik Bay: 14 hurt, five dead")
    assert not copied(BODY, title="Six killed in ferry fire")
    assert not copied(f"# Six killed in ferry fire\n\n{BODY}", title=None)
    assert not copied(BODY, title="Ferry fire allegedly set")
    assert copied(BODY, title=None)


def test_two_days_in_the_datelines_are_two_articles() -> None:
    one, other = (article(id, f"SORVIK, May {day} (Reuters) - {BODY}") for id, day in (("a", 3), ("b", 4)))
    assert not is_copy(one, other)
    assert is_copy(one, article("b", f"SORVIK, 3 May (Wire) -- {BODY}"))


def test_a_text_cut_by_half_stays_an_article() -> None:
    """It did not publish the rest, and would be shown as if it had."""
    assert not copied(" ".join(WIRE[:5]))
    assert not copied(" ".join((WIRE[1], WIRE[7], WIRE[9])))


@pytest.mark.parametrize(
    "sentence",
    [
        "Hundreds of boats came.",
        "The third pump was new.",
        "Divers came back on Sunday.",
        "The captain was not there.",
        "The Red Tide claimed responsibility.",
        "The cook allegedly fled.",
    ],
)
def test_a_sentence_that_only_one_has_may_hold_nothing_that_could_be_compared(sentence: str) -> None:
    assert not copied(f"{BODY} {sentence}")
    assert copied(f"{BODY} The mayor thanked the crews.")


def test_texts_on_other_things_are_none() -> None:
    march = article("m", "The mayor of Karsholm opened the lantern march with a speech on the harbour stairs.")
    assert not is_copy(march, article("c", "Neighbours came to the gate with blankets, soup and a kind word for all."))
    assert not is_copy(march, article())


def test_copies_of_a_copy_are_its_own() -> None:
    (pair,) = with_copies([article("b"), article("c")])
    assert [(one.id, [copy.id for copy in one.copies]) for one in with_copies([pair, article("a")])] == [
        ("a", ["b", "c"])
    ]


def test_in_scripts_without_spaces() -> None:
    text = "周五傍晚索尔维克湾一艘渡轮起火，造成五人遇难。码头已经关闭，船只黄昏时分抵达。船东否认水泵失灵。"
    one = Article.from_text(text, id="a", language="zh")
    assert is_copy(one, Article.from_text(f"{text}\n来源：新华社", id="b", language="zh"))
    assert not is_copy(one, Article.from_text(text.replace("五人", "六人"), id="b", language="zh"))


# --- which one is kept ---


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"published": "2031-05-04"}, {"published": "2031-05-03"}, "b"),
        ({"published": None}, {"published": "2031-05-03"}, "b"),
        ({}, {"text": f"By Jane Doe\n\n{BODY}"}, "b"),
        ({"published": "2031-05-03"}, {"published": "2031-05-03"}, "a"),
    ],
)
def test_the_first_published_is_kept_then_the_longest_then_the_first_by_id(
    first: dict[str, Any], second: dict[str, Any], kept: str
) -> None:
    given_ = [article("a", byline="Ida Crane", **first), article("b", byline="Tom Reed", **second)]
    for order in (given_, given_[::-1]):
        (one,) = with_copies(order)
        assert one.id == kept
        (copy,) = one.copies
        other = next(item for item in given_ if item.id != kept)
        assert (copy.id, copy.sha256, copy.byline) == (other.id, other.sha256, other.byline)
        assert copy.published == other.published


DRAWN = st.tuples(
    st.sampled_from([BODY, BODY.replace("five", "six"), " ".join(WIRE[:-1]), " ".join(WIRE[:5])]),
    st.sampled_from(["", "By Jane Doe\n\n", "SORVIK, May 3 (Reuters) - "]),
    st.sampled_from([None, "2031-05-03", "2031-05"]),
)


@given(st.lists(DRAWN, min_size=1, max_size=6), st.randoms())
def test_order_does_not_matter_and_nothing_vanishes(drawn: list[Any], random: Any) -> None:
    articles = [article(f"n{at}", head + text, published=published) for at, (text, head, published) in enumerate(drawn)]
    found = with_copies(articles)
    assert [one.id for one in found] == sorted(one.id for one in found)  # in the order given
    assert sorted(id for one in found for id in (one.id, *(copy.id for copy in one.copies))) == sorted(
        one.id for one in articles
    )
    known = {one.id: one for one in articles}
    assert all(is_copy(known[copy.id], one) for one in found for copy in one.copies)
    random.shuffle(articles)
    assert sorted(with_copies(articles), key=lambda one: one.id) == found
    assert with_copies(found) == found


@given(st.data())
def test_any_other_figure_keeps_both(data: st.DataObject) -> None:
    """Whatever number is put in the place of one of the text's, in digits."""
    old = data.draw(st.sampled_from(["14", "21:45", "2011", "12 April", "five"]))
    new = data.draw(st.integers(0, 10_000).map(str).filter(lambda text: text != old))
    assert not copied(BODY.replace(old, f"{new} April" if "April" in old and new != "12" else f"{new} and more"))


# --- in a story ---

OUTLETS = ("Bay Courier", "Le Quai", "Sorvik Post")
SAME = [article(id, outlet=outlet, published="2031-05-03") for id, outlet in zip("abc", OUTLETS, strict=True)]
OTHER = Article.from_text(
    "Six people lost their lives on the ferry Lindholm, the hospital said. Another 14 people were injured.",
    id="other",
    title="The ferry, by the other",
    published="2031-05-03",
    language="en",
)


def settings(model: SyntheticModel) -> Settings:
    return Settings.resolve(base_url=model.base_url, api_key="sk-fictional-0123456789", model="synthetic")


@pytest.mark.anyio
async def test_copies_are_read_once_and_counted_as_outlets() -> None:
    with SyntheticModel() as alone, SyntheticModel() as model:
        async with Summarizer(settings(alone)) as reader:
            await reader.story([SAME[0], OTHER])
        async with Summarizer(settings(model)) as reader:
            story = await reader.story([*SAME[::-1], OTHER])
    assert sorted(asked_sentences(model.requests)) == sorted(asked_sentences(alone.requests))
    assert len(model.requests) == len(alone.requests)
    assert [one.id for one in story.articles] == ["a", "other"]
    assert [copy.id for copy in story.articles[0].copies] == ["b", "c"]
    page = story_text(story)
    assert "2 articles and 2 copies" in page
    assert page.count("the same text as a") == 2
    assert "a (Bay Courier) (3 outlets, one text)" in page
    document = story_markdown(story)
    assert "| c | Sorvik Post | 3 May 2031 |  | the same text as a |  |" in document
    assert "(3 outlets, one text)" in document


@pytest.mark.anyio
async def test_a_forecast_counts_what_is_read() -> None:
    with SyntheticModel() as model:
        alone = await Summarizer(settings(model)).estimate([SAME[0], OTHER])
        forecast = await Summarizer(settings(model)).estimate([*SAME, OTHER])
        each = await Summarizer(settings(model)).estimate([*SAME, OTHER], merging=False)
    assert forecast == alone
    assert len(each.articles) == 4  # one result for each article is what `summarize` promises
    assert model.requests == []


@pytest.mark.anyio
async def test_summaries_are_made_of_each_article() -> None:
    with SyntheticModel() as model:
        async with Summarizer(settings(model)) as reader:
            results = await reader.summarize_all(SAME[:2])
    assert [item.article.id for item in results if isinstance(item, EventSummary)] == ["a", "b"]


def carried(who: str | None = None, **more: str) -> MergedSummary:
    """The answer of an article that two other outlets have, and of a fourth with words of its own."""
    draft, other = Draft("a", "2031-05-03"), Draft("b", "2031-05-03")
    draft.figure(KILLED, 5, attributed_to=who)
    other.figure(KILLED, 5, sentence="By nightfall divers had brought five bodies ashore.", **more)
    made = draft.summary()
    copies = tuple(
        {**one.model_dump(include={"title", "outlet", "published", "url", "sha256"}), "id": f"{one.id}-copy"}
        for one in SAME[1:]
    )
    whole = made.article.model_copy(update={"outlet": "Bay Courier"}).model_dump() | {"copies": copies}
    return merge([made.model_copy(update={"article": Article.model_validate(whole)}), other.summary()])


def test_an_answer_of_copies_is_one_text_of_several_outlets() -> None:
    (found,) = carried().agreements
    assert "3 outlets, one text." in found.rationale
    assert found.independent_sources is None
    assert [(voice.basis, voice.articles) for voice in found.positions[0].voices] == [
        ("copied_text", ("a",)),
        ("outlet", ("b",)),
    ]
    assert "— a (Bay Courier), b (3 outlets, one text)" in " ".join(story_text(carried()).split())


def test_a_speaker_in_copies_is_one_voice_of_all_who_carry_it() -> None:
    (found,) = carried("the police", attributed_to="police").agreements
    assert isinstance(found, Agreement)
    assert found.independent_sources == 1
    assert "4 articles, one original source (the police): not independent confirmation" in found.rationale
    (apart,) = carried("the police", attributed_to="the regional hospital").agreements
    assert apart.independent_sources == 2
    assert "3 outlets, one original source (the police)." in apart.rationale


def test_the_command_line_says_which_input_was_a_copy(tmp_path: Path) -> None:
    for name, text in (("courier", BODY), ("post", f"By Jane Doe\n\n{BODY}"), ("other", OTHER.text)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    files = [str(tmp_path / f"{name}.txt") for name in ("courier", "post", "other")]
    note = "courier: the same text as post; it is kept as its copy, and not read for itself\n"
    with SyntheticModel() as model:
        options = ["--base-url", model.base_url, "--model", "synthetic", "--format", "json"]
        done = CliRunner().invoke(app, ["story", *files, *options])
        quiet = CliRunner().invoke(app, ["story", *files, *options, "--quiet"])
        dry = CliRunner().invoke(app, ["story", *files, *options, "--dry-run"])
    assert (done.exit_code, quiet.exit_code, dry.exit_code) == (0, 0, 0)
    assert note in done.stderr
    assert note in dry.stderr
    assert "the same text" not in quiet.stderr
    story = MergedSummary.model_validate_json(done.stdout)
    assert {one.id: [copy.id for copy in one.copies] for one in story.articles} == {"post": ["courier"], "other": []}
