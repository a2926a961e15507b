"""Voices: outlets that trace to one original source count once, through `merge` on summaries made by hand."""

import json
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from support.claims import KILLED, Draft

from summarizer import merge
from summarizer.schemas import Agreement, EventSummary, MergedSummary, Position, SingleSource, Voice
from summarizer.text.agencies import agency_of, credited_agencies
from summarizer.voices import voices

DAY = "2031-05-03"
OWN = (
    "Five people lost their lives when the ferry burned in Sorvik Bay on Friday evening.",
    "The fire on the ferry cost five passengers their lives before the first boats reached it at dusk.",
    "By nightfall divers had brought five bodies ashore, and the pier was closed to all who waited there.",
    "Nobody had expected the number of dead to be five when the smoke was first seen from the lighthouse.",
)
"""Sentences that no two outlets share."""


def summary(
    id: str, *claims: dict[str, Any], outlet: str | None = None, head: str = "", tail: str = ""
) -> EventSummary:
    """An article of `outlet` that answers KILLED with 5, once for each of `claims`."""
    draft = Draft(id, DAY)
    draft.text = head
    for fields in claims or ({},):
        draft.figure(KILLED, 5, **fields)
    draft.text += tail
    made = draft.summary()
    article = made.article.model_copy(update={"outlet": outlet, "sha256": ""})
    return made.model_copy(update={"article": article})


def by(who: str | None, **fields: Any) -> dict[str, Any]:
    return {"attributed_to": who, **fields}


def agreement(*summaries: EventSummary) -> Agreement:
    """The one agreement on KILLED."""
    (found,) = merge(summaries).agreements
    return found


def told(*summaries: EventSummary) -> list[tuple[str | None, str, str]]:
    """Source, basis and articles of each voice of the one agreement."""
    (position,) = agreement(*summaries).positions
    return [(voice.source, voice.basis, " ".join(voice.articles)) for voice in position.voices]


# --- one speaker ---


def test_one_speaker_in_several_languages_is_one_voice() -> None:
    made = [
        summary("a", by("the police"), outlet="Bay Courier"),
        summary("b", by("la police"), outlet="Le Quai"),
        summary("c", by("полиция"), outlet="Вестник Залива"),
    ]
    assert told(*made) == [("the police", "attribution", "a b c")]
    found = agreement(*made)
    assert found.independent_sources == 1
    assert "3 outlets, one original source (the police): not independent confirmation" in found.rationale


def test_two_speakers_are_two_voices() -> None:
    made = [summary("a", by("the police"), outlet="Bay Courier"), summary("b", by("the regional hospital"))]
    assert told(*made) == [("the police", "attribution", "a"), ("the regional hospital", "attribution", "b")]
    assert agreement(*made).independent_sources == 2
    assert "independent" not in agreement(*made).rationale


def test_what_only_some_outlets_share_is_said() -> None:
    made = [
        summary("a", by("the police"), outlet="Bay Courier"),
        summary("b", by("the regional hospital"), outlet="Sorvik Post"),
        summary("c", by("police"), outlet="Le Quai"),
    ]
    assert told(*made) == [("the police", "attribution", "a c"), ("the regional hospital", "attribution", "b")]
    found = agreement(*made)
    assert found.independent_sources == 2
    assert "2 outlets, one original source (the police)." in found.rationale
    assert "not independent" not in found.rationale


def test_an_article_that_names_two_sources_stands_in_two_voices() -> None:
    """Police and hospital stay two, although one article has it from both."""
    both = summary("a", by("the police"), by("the regional hospital"))
    made = [both, summary("b", by("police")), summary("c", by("the regional hospital"))]
    assert told(*made) == [("the police", "attribution", "a b"), ("the regional hospital", "attribution", "a c")]
    assert agreement(*made).independent_sources == 2


def test_sources_that_an_article_tells_apart_stay_apart() -> None:
    """Officials may be of the police: only the article that names both knows that these are not."""
    both = summary("a", by("officials", sentence=OWN[0]), by("the police", sentence=OWN[0]))
    made = [both, summary("b", by("police", sentence=OWN[1]))]
    assert told(*made) == [("officials", "attribution", "a"), ("the police", "attribution", "a b")]


def test_speakers_that_may_be_one_leave_the_number_of_sources_open() -> None:
    made = [summary("a", by("officials", sentence=OWN[0])), summary("b", by("the police", sentence=OWN[1]))]
    assert len(told(*made)) == 2
    assert agreement(*made).independent_sources is None


def test_what_an_article_repeats_without_its_source_is_no_further_voice() -> None:
    made = [summary("a", {}, by("the police")), summary("b", by("police"))]
    assert told(*made) == [("the police", "attribution", "a b")]


def test_a_disagreement_shows_the_voices_of_each_side() -> None:
    other = Draft("c", DAY)
    other.figure(KILLED, 9, attributed_to="the organisers")
    (found,) = merge([summary("a", by("police")), summary("b", by("police")), other.summary()]).disagreements
    assert [[voice.articles for voice in position.voices] for position in found.positions] == [[("a", "b")], [("c",)]]


def test_a_single_source_has_its_voice() -> None:
    (found,) = merge([summary("a", by("the police"))]).single_source
    assert found.positions[0].voices == (Voice(source="the police", articles=("a",), basis="attribution"),)


# --- outlets that speak for themselves ---


def test_outlets_that_name_nobody_are_a_voice_each() -> None:
    made = [summary("a", outlet="Bay Courier"), summary("b")]
    assert told(*made) == [("Bay Courier", "outlet", "a"), (None, "outlet", "b")]
    assert agreement(*made).independent_sources is None


def test_two_articles_of_one_outlet_are_one_voice() -> None:
    made = [summary("a", outlet="Bay Courier"), summary("b", outlet="bay courier ")]
    assert told(*made) == [("Bay Courier", "outlet", "a b")]
    found = agreement(*made)
    assert found.independent_sources == 1
    assert "2 articles of one outlet (Bay Courier): not independent confirmation" in found.rationale


# --- news agencies ---

CREDITS = [
    ("PORT VELLUNY, May 3 (Reuters) - Five people died.", "Reuters"),
    ("PORT VELLUNY (AP) — Five people died.", "Associated Press"),
    ("BRODVIN, May 3 (PTI) Five people died.", "Press Trust of India"),
    ("BRODVIN, May 3 - Reuters - Five people died.", "Reuters"),
    ("By JANE DOREN, Associated Press Writer\n\nFive people died.", "Associated Press"),
    ("By Reuters\n\nFive people died.", "Reuters"),
    ("Five people died.\n\nWith AP", "Associated Press"),
    ("Five people died.\n\nWith reporting by Reuters", "Reuters"),
    ("Five people died.\n\n(Source: dpa)", "dpa"),
    ("Five people died on Friday. — AFP", "AFP"),
    ("Five people died.\n\n© 2031 The Associated Press. All rights reserved.", "Associated Press"),
    ("PORT-VELLUNY, 3 mai (AFP) – Cinq personnes sont mortes.", "AFP"),
    ("AFP - Cinq personnes sont mortes.", "AFP"),
    ("Cinq personnes sont mortes.\n(avec AFP)", "AFP"),
    ("Par Jean Doren (AFP)\n\nCinq personnes sont mortes.", "AFP"),
    ("Peñagrís, 3 may (EFE).- Cinco personas murieron.", "EFE"),
    ("EFE.- Cinco personas murieron.", "EFE"),
    ("Redacción / EFE\n\nCinco personas murieron.", "EFE"),
    ("Cinco personas murieron.\n\nFuente: EFE", "EFE"),
    ("(ANSA) - CASALVETRO, 4 MAG - Cinque persone sono morte.", "ANSA"),
    ("CASALVETRO, 4 mag. (ANSA) - Cinque persone sono morte.", "ANSA"),
    ("Selmünde (dpa/tmn) - Fünf Menschen sind gestorben.", "dpa"),
    ("Fünf Menschen sind gestorben.\n\nmit Material von dpa", "dpa"),
    ("Fünf Menschen sind gestorben.\n\nQuelle: dpa", "dpa"),
    ("القاهرة (رويترز) - قتل خمسة أشخاص.", "Reuters"),
    ("بورت فيلوني 5 مايو (أ.ف.ب) – قتل خمسة أشخاص.", "AFP"),
    ("قتل خمسة أشخاص.\n\nالمصدر: رويترز", "Reuters"),
    ("ВЕЛЛУНЬ, 5 мая. /ТАСС/. Пять человек погибли.", "TASS"),
    ("ВЕЛЛУНЬ, 5 мая — РИА Новости. Пять человек погибли.", "RIA Novosti"),
    ("Пять человек погибли.\n\nИсточник: Интерфакс", "Interfax"),
    ("Pięć osób zginęło. (PAP)", "PAP"),
    ("Velun 3. května (ČTK) - Zemřelo pět lidí.", "ČTK"),
    ("VELUN (AA) - Beş kişi öldü.", "Anadolu"),
    ("新华社远山5月3日电 五人遇难。", "Xinhua"),
    ("【遠山共同】5人が死亡した。", "Kyodo"),
    ("(원산=연합뉴스) 다섯 명이 숨졌다.", "Yonhap"),
]


@pytest.mark.parametrize(("text", "agency"), CREDITS)
def test_an_agency_is_known_by_its_credit(text: str, agency: str) -> None:
    assert credited_agencies(text) == (agency,)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor told Reuters that five people had died.",
        "Five people died, according to AFP.",
        "Reuters reported on Monday that five people had died.",
        "The Associated Press (AP) reported that five people had died.",
        "The Associated Press (AP) - founded long ago - said so.",
        "Five people died, according to the Associated Press (AP).",
        "Police officers (AFP) - shown on Friday - left the pier.",
        "TASS - the agency with its seat in the capital - was silent.",
        "La mairie a dit à l’AFP que cinq personnes étaient mortes.",
        "El alcalde dijo a EFE que cinco personas murieron.",
        "Il sindaco ha detto all’ANSA che cinque persone sono morte.",
        "Der Bürgermeister sagte der dpa, fünf Menschen seien gestorben.",
        "Мэр сообщил ТАСС, что погибли пять человек.",
        "قال رئيس البلدية لوكالة رويترز إن خمسة أشخاص قتلوا.",
        "据新华社报道，五人遇难。",
        "Five people died.\n\nPhoto: AFP",
        "Foto: dpa\n\nFünf Menschen sind gestorben.",
        "AFP/Jean Doren\n\nCinq personnes sont mortes.",
        "Five people died.\n\n© AFP",
        "By Lusa Marren\n\nFive people died.",
        "By Anna Fars\n\nFive people died.",
        "Minister quarrels with Reuters\n\nFive people died.",
        "Velluny (PA) - Five people died.",
        "BRODVIN (ap) - Five people died.",
        "The map (AP) shows it. The AP course was full.",
        "",
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert credited_agencies(text) == ()


def test_the_title_and_the_outlet_are_taken_into_account() -> None:
    text = "Le Quai avec AFP\n\nCinq personnes sont mortes."
    assert credited_agencies(text, outlet="Le Quai") == ("AFP",)
    assert credited_agencies(text, outlet="Le Phare") == ()
    assert credited_agencies("Reuters\n\nIts new chief is to be named.", title="Reuters") == ()
    assert credited_agencies("Five people died.", outlet="Agence France-Presse (AFP)") == ("AFP",)


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("reuters.com", "Reuters"),
        ("l’agence AFP", "AFP"),
        ("the TASS news agency", "TASS"),
        ("агентство «Интерфакс»", "Interfax"),
        ("وكالة رويترز", "Reuters"),
        ("Ostrel news agency", None),
        ("ap", None),
        ("the AP course", None),
        ("", None),
    ],
)
def test_names_of_agencies(name: str, agency: str | None) -> None:
    assert agency_of(name) == agency


def test_one_agencys_copy_is_one_voice() -> None:
    made = [
        summary("a", by(None, sentence=OWN[0]), outlet="Bay Courier", head="SORVIK, May 3 (Reuters) -"),
        summary("b", by(None, sentence=OWN[1]), outlet="Sorvik Post", tail="\n\nSource: Reuters"),
        summary("c", by(None, sentence=OWN[2]), outlet="Reuters"),
        summary("d", by(None, sentence=OWN[3]), outlet="Le Quai"),
    ]
    assert told(*made) == [("Reuters", "agency", "a b c"), ("Le Quai", "outlet", "d")]
    found = agreement(*made)
    assert found.independent_sources is None
    assert "3 outlets, one original source (Reuters)." in found.rationale


def test_what_the_copy_ascribes_to_others_is_theirs() -> None:
    made = [
        summary("a", by("the police"), head="SORVIK, May 3 (Reuters) -"),
        summary("b", by("the regional hospital"), head="SORVIK, May 3 (Reuters) -"),
    ]
    assert told(*made) == [("the police", "attribution", "a"), ("the regional hospital", "attribution", "b")]


def test_an_article_that_cites_an_agency_has_its_voice() -> None:
    made = [summary("a", by("the AFP news agency")), summary("b", head="SORVIK, 3 mai (AFP) –")]
    assert told(*made) == [("the AFP news agency", "agency", "a b")]


def test_two_agencies_are_two_voices() -> None:
    made = [summary("a", head="SORVIK (AFP) -"), summary("b", head="SORVIK (Reuters) -")]
    assert told(*made) == [("AFP", "agency", "a"), ("Reuters", "agency", "b")]
    assert agreement(*made).independent_sources == 2


def test_copy_of_several_agencies_leaves_the_number_of_sources_open() -> None:
    made = [summary("a", tail="\n\nReuters, AFP"), summary("b", head="SORVIK (Reuters) -")]
    assert told(*made) == [("AFP; Reuters", "agency", "a"), ("Reuters", "agency", "b")]
    assert agreement(*made).independent_sources is None


# --- copied text ---


def test_the_same_sentence_is_one_voice() -> None:
    copy = OWN[0].replace("Sorvik Bay", "  SORVIK\u00a0BAY").replace(".", " .")
    made = [
        summary("a", by(None, sentence=OWN[0]), outlet="Bay Courier"),
        summary("b", by(None, sentence=copy), outlet="Sorvik Post"),
    ]
    assert told(*made) == [(None, "copied_text", "a b")]
    found = agreement(*made)
    assert found.independent_sources == 1
    assert "2 outlets, one text: not independent confirmation" in found.rationale


def test_one_word_more_is_still_a_copy_and_another_wording_is_none() -> None:
    said = by(None, sentence=OWN[1])
    longer = by(None, sentence=OWN[1].replace("the ferry", "the car ferry"))
    assert told(summary("a", said), summary("b", longer)) == [(None, "copied_text", "a b")]
    assert len(told(summary("a", said), summary("b", by(None, sentence=OWN[2])))) == 2


def test_short_sentences_are_alike_by_chance() -> None:
    short = by(None, sentence="Five people were killed on Friday evening.")
    assert len(told(summary("a", short), summary("b", short))) == 2


def test_a_copy_that_drops_the_source_still_has_it() -> None:
    made = [summary("a", by("the police", sentence=OWN[0])), summary("b", by(None, sentence=OWN[0]))]
    assert told(*made) == [("the police", "copied_text", "a b")]


def test_different_speakers_are_not_joined_by_like_sentences() -> None:
    """Neither directly nor through a third article that copies both."""
    made = [
        summary("a", by("the police", sentence=OWN[0])),
        summary("b", by(None, sentence=OWN[0])),
        summary("c", by("the regional hospital", sentence=OWN[0])),
    ]
    assert len(told(*made)) == 2
    assert agreement(*made).independent_sources == 2


def test_whole_texts_that_are_one_are_one_voice() -> None:
    rest = " " + " ".join(OWN[1:])
    made = [summary("a", tail=rest), summary("b", head="Exclusive.", tail=rest)]
    assert told(*made) == [(None, "copied_text", "a b")]


def test_copies_without_spaces_between_words() -> None:
    said = by(None, sentence="周五傍晚索尔维克湾一艘渡轮起火，造成五人遇难，码头已经关闭。")
    other = by(None, sentence="渡轮上的大火夺走了五条生命，救援船只黄昏时分才抵达现场附近。")
    assert told(summary("a", said), summary("b", said)) == [(None, "copied_text", "a b")]
    assert len(told(summary("a", said), summary("b", other))) == 2


def test_voices_are_joined_over_several_grounds() -> None:
    made = [
        summary("a", by("the police", sentence=OWN[0])),
        summary("b", by(None, sentence=OWN[0])),
        summary("c", by("police", sentence=OWN[2])),
    ]
    assert told(*made) == [("the police", "copied_text", "a b c")]


# --- what always holds ---

ARTICLE = st.tuples(
    st.lists(
        st.tuples(
            st.sampled_from([None, "the police", "la police", "the regional hospital", "AFP"]), st.sampled_from(OWN)
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([None, "Bay Courier", "Le Quai", "Reuters"]),
    st.sampled_from(["", "SORVIK, May 3 (Reuters) -", "SORVIK (AFP) —"]),
)


def made(drawn: list[Any]) -> list[EventSummary]:
    return [
        summary(f"n{at}", *(by(who, sentence=text) for who, text in claims), outlet=outlet, head=head)
        for at, (claims, outlet, head) in enumerate(drawn)
    ]


def positions(story: MergedSummary) -> list[Position]:
    return [position for item in story.comparisons for position in item.positions]


@given(st.lists(ARTICLE, min_size=1, max_size=5))
def test_voices_part_the_articles_of_a_position(drawn: list[Any]) -> None:
    """Every article is heard; in several voices only if it names several sources, and then in no more than those."""
    for position in positions(merge(made(drawn))):
        carried = list(chain.from_iterable(voice.articles for voice in position.voices))
        assert set(carried) == set(position.articles)
        for article in position.articles:
            own = {claim.attributed_to for claim in position.claims if claim.article == article} - {None}
            assert 1 <= carried.count(article) <= max(1, len(own))
        firsts = [position.articles.index(voice.articles[0]) for voice in position.voices]
        assert firsts == sorted(firsts)


@given(st.lists(ARTICLE.filter(lambda drawn: len(drawn[0]) == 1), min_size=2, max_size=5))
def test_the_order_of_articles_makes_no_voice(drawn: list[Any]) -> None:
    """Only which speaker's voice an unattributed copy falls to may hang on it."""
    summaries = made(drawn)
    articles = {item.article.id: item.article for item in summaries}
    claims = [claim for item in summaries for claim in item.claims]
    there, back = voices(claims, articles), voices(claims[::-1], articles)
    assert len(there) == len(back)
    assert {id for voice in there for id in voice.articles} == {id for voice in back for id in voice.articles}


# --- the shape ---


def test_a_result_without_voices_still_loads() -> None:
    story = merge([summary("a", by("police")), summary("b", by("police"))])
    raw = json.loads(story.model_dump_json())
    for item in (*raw["disagreements"], *raw["agreements"], *raw["single_source"]):
        for position in item["positions"]:
            assert position.pop("voices")
    old = MergedSummary.model_validate_json(json.dumps(raw))
    assert [position.voices for position in positions(old)] == [()]
    assert MergedSummary.model_validate_json(story.model_dump_json()) == story


@pytest.mark.parametrize("articles", [("a", "z"), ("z",)])
def test_voices_are_those_of_the_positions_articles(articles: tuple[str, ...]) -> None:
    (found,) = merge([summary("a", by("police"))]).single_source
    raw = found.model_dump()
    raw["positions"][0]["voices"] = [{"source": "police", "articles": articles, "basis": "attribution"}]
    with pytest.raises(ValidationError, match="carried by its articles"):
        SingleSource.model_validate(raw)


def test_articles_need_not_be_known() -> None:
    claims = [claim for id in "ab" for claim in summary(id, by(None, sentence=OWN[0])).claims]
    assert [voice.basis for voice in voices(claims, {})] == ["copied_text"]
    assert voices([], {}) == ()
