"""A made-up model behind the scripted server: it answers by the schema of the request, as no real model would need to.

Everything it says is synthetic. What a real model says is in `cassettes/`.
"""

import json
import re
import threading
from collections.abc import Callable, Sequence
from typing import Any

from summarizer import adjudicate, affirm
from support.scripted_server import Reply, Request, ScriptedServer, synthetic_completion

Fault = Callable[[int, Request], Reply | None]
"""Called with the number of a request (from 1) and the request; returns what is sent instead of an answer, or None."""

MOST_OF_A_MERGE = affirm.MAX_PAIRS + adjudicate.MAX_PAIRS + 1
"""Questions that merging asks at most: on what denials leave open, on answers that rules cannot tell apart, a story."""

_SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_MARKS = re.compile(r"^Marks: (.*)$", re.MULTILINE)
_MARK = re.compile(r'(\d+) = "(.*?)"(?:; |$)')
_REASKED = "Correct your JSON ONLY RESPONSE"  # instructor's words
_STANCES = re.compile(r"^Before: ", re.MULTILINE)
_OUTCOMES = {"killed": "killed", "dead": "killed", "injured": "injured", "missing": "missing"}


class SyntheticModel(ScriptedServer):
    """Answers any number of requests; `fault` may put something else in the place of an answer.

    `filled` gives the values for a schema of the user's own, by its name. `seen` is set when request number `stop_at`
    comes in, and that request is held until `go_on` is set.
    """

    def __init__(
        self, *, fault: Fault | None = None, filled: dict[str, Any] | None = None, stop_at: int | None = None
    ) -> None:
        super().__init__()
        self.fault = fault
        self.filled = filled or {}
        self.stop_at = stop_at
        self.seen = threading.Event()
        self.go_on = threading.Event()
        self.prompt_tokens = self.cached_tokens = self.output_tokens = 0
        self._counting = threading.Lock()

    def take(self, request: Request) -> Reply:
        """Note a request and make up its answer."""
        with self._counting:
            super().take(request)
            number = len(self.requests)
            reply = (self.fault and self.fault(number, request)) or self._answer(number, request)
            if isinstance(reply.body, dict) and "usage" in reply.body:
                usage = reply.body["usage"]
                self.prompt_tokens += usage["prompt_tokens"]
                self.cached_tokens += usage["prompt_tokens_details"]["cached_tokens"]
                self.output_tokens += usage["completion_tokens"]
        if number == self.stop_at:
            self.seen.set()
            self.go_on.wait(60)
        return reply

    def _answer(self, number: int, request: Request) -> Reply:
        return synthetic_completion(
            json.dumps(self._content(request)),
            prompt_tokens=100 + number,
            cached_tokens=number,
            output_tokens=10 + number,
        )

    def _content(self, request: Request) -> Any:
        task, asked = schema_name(request), str(question_of(request)[-1]["content"])
        if task == "MarkQuestions":
            return {"questions": list(_questions(asked))}
        if task == "Facts":
            return {"facts": []}
        if task == "Header":
            return {name: {"text": "", "claims": []} for name in ("what", "who", "where", "when", "why", "how")} | {
                "headline": {"text": "A slope gave way", "claims": [1]}
            }
        if task == "Narrative":
            return {"headline": {"text": "A slope gave way", "claims": [1]}, "sentences": []}
        if task == "Verdicts":
            pairs = len(re.findall(r"^\d+\. A: ", asked, re.MULTILINE))
            return {"verdicts": [{"pair": pair, "verdict": "unrelated"} for pair in range(1, pairs + 1)]}
        if task == "Told":
            return self.filled.get(task, {"answer": "silent"})
        return self.filled[task]


def schema_name(request: Request) -> str:
    """The name of the schema that a request asks for."""
    return str(request.body["response_format"]["json_schema"]["name"])


def question_of(request: Request) -> list[dict[str, Any]]:
    """The messages of a request without what re-asks put behind them: a reply that did not fit, and the reason."""
    messages = request.messages
    while str(messages[-1]["content"]).startswith(_REASKED):
        messages = messages[:-2]
    return messages


def asked_sentences(requests: Sequence[Request]) -> list[str]:
    """Every sentence that the extraction requests hold, in the order of the requests."""
    return [
        text
        for request in requests
        if schema_name(request) in ("MarkQuestions", "Facts")
        for _, text in _SENTENCE.findall(request.messages[-1]["content"])
    ]


def _questions(asked: str) -> list[dict[str, Any]]:
    """One sensible question for each mark, from the words around it; of words of confirming and denying always one."""
    questions = []
    yes_no = _STANCES.search(asked) is not None
    texts = [text for _, text in _SENTENCE.findall(asked)]
    for sentence, listed in zip(texts, _MARKS.findall(asked), strict=True):
        for mark, words in _MARK.findall(listed):
            question = "Has the ministry confirmed the landslide?" if yes_no else _question(sentence, words)
            questions.append({"mark": int(mark), "question": question, "by": ""})
    return questions


def _question(sentence: str, words: str) -> str:
    if ":" in words:
        return "At what time did the slope give way?"
    behind = sentence.partition(words)[2].split()
    noun = behind[0].strip(".,;") if behind else "people"
    outcome = next((name for word, name in _OUTCOMES.items() if word in sentence), "counted")
    return f"How many {noun} were {outcome}?"
