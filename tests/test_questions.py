"""Questions: what kind of answer an English question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import stance
from summarizer.text.questions import interrogative

CASES = {
    "how_many": [
        "How many people were killed in the harbour fire?",
        "How many soldiers did the north send?",
        "What was the number of injured passengers?",
        "What is the death toll of the landslide?",
        "How high was the death toll?",
        "What was the official toll?",
        "According to the mayor, how many marched?",
        "How many years' worth of ballots were lost?",
        "HOW MANY BOATS SANK?",
        "“How many” is the question: how many fled?",
        "Number of victims",
    ],
    "how_much": [
        "How much did the bridge cost?",
        "What was the cost of the repairs?",
        "What is the price of a ticket?",
        "What amount was paid?",
        "How far is the village from the border?",
        "How deep was the quake?",
        "How large was the fire?",
        "What was the magnitude of the quake?",
        "At what depth was the wreck found?",
        "How tall is the tower?",
        "What did the new pier cost?",
    ],
    "how_old": [
        "How old was the driver?",
        "How many years old is the oldest bridge?",
        "What is the age of the victim?",
        "What was the suspect's age?",
        "At what age did she retire?",
    ],
    "how_long": [
        "How long did the blackout last?",
        "How many hours did the search take?",
        "For how many days was the road closed?",
        "What was the duration of the strike?",
        "How many months will the repairs take?",
    ],
    "percent": [
        "What percentage of voters took part?",
        "What share of the crop was lost?",
        "What is the proportion of women in the crew?",
        "How many percent of homes lack power?",
    ],
    "time": [
        "At what time did the quake strike?",
        "What time did the ferry leave?",
        "By what time was the fire out?",
        "Around what time did the shots fall?",
    ],
    "when": [
        "When did the bridge open?",
        "On which date was the treaty signed?",
        "What day did the trial begin?",
        "In what year was the dam built?",
        "How long ago was the mine closed?",
        "How many years ago did it happen?",
        "Since when has the road been closed?",
    ],
    "where": [
        "Where did the plane land?",
        "In which city did the fire break out?",
        "At what place was the body found?",
        "Which village was hit first?",
    ],
    "who": [
        "Who claimed responsibility?",
        "Which person was arrested?",
        "Whose car was burnt?",
        "By whom was the letter written?",
        "Which group carried out the raid?",
    ],
    "what": ["What did the minister announce?", "What is the ship called?", "With what was the hut built?"],
    "why": ["Why was the match called off?", "For what reason did he resign?", "What caused the blast?"],
    "how": ["How did the prisoners escape?", "How was the tunnel dug?"],
    "which": ["Which of the bridges collapsed?", "On which route did the bus travel?"],
    "yes_no": [
        "Has North Korea confirmed that it sent troops?",
        "Did the army deny the raid?",
        "Is the bridge open?",
        "Are the schools closed?",
        "Was anyone hurt?",
        "Were the crew rescued?",
        "Do officials expect rain?",
        "Does the mayor agree?",
        "Have the talks ended?",
        "Had the alarm gone off?",
        "Can the ferry sail?",
        "Could it happen again?",
        "Will the court sit?",
        "Would they sign?",
        "Should the dam be drained?",
        "May visitors enter?",
        "Hasn’t the ministry answered?",
    ],
    "other": ["", "   ", "The bridge opened in May.", "?", "Tell me about the fire", "Island life", "Doom"],
}


@pytest.mark.parametrize(("question", "kind"), [(q, kind) for kind, questions in CASES.items() for q in questions])
def test_the_wording_tells_what_is_asked(question: str, kind: str) -> None:
    assert interrogative(question) == kind


def test_stance_offers_the_same_function() -> None:
    assert stance.interrogative is interrogative


@given(st.text(max_size=200))
def test_any_text_has_a_kind(text: str) -> None:
    assert interrogative(text) in CASES


@given(st.sampled_from([(q, kind) for kind, questions in CASES.items() for q in questions]))
def test_case_and_outer_space_do_not_matter(case: tuple[str, str]) -> None:
    question, kind = case
    assert interrogative(f"  {question.upper()}\n") == kind
