"""The ways in which a server can be bad, each as a synthetic reply, and a made-up model that is bad now and then."""

import json
import random
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from email.utils import format_datetime

from support.fake_model import SyntheticModel, question_of
from support.scripted_server import Reply, Request, synthetic_completion, synthetic_error

_PAGE = "<html><body><h1>Please wait</h1><p>We will be back soon.</p></body></html>"
_HTML = {"content-type": "text/html; charset=utf-8"}
_WHOLE = synthetic_completion('{"number": 41, "kind": "people", "and": "so on"}').body

LATE = ("hangs", "drips one byte a second")
"""Which of the following ends by a time-out."""
TRANSPORT: dict[str, Reply] = {
    "hangs": Reply(hang=True),
    "drips one byte a second": Reply(body=_WHOLE, drip=1.0),
    "resets": Reply(reset=True),
    "resets in the middle of the body": Reply(body=_WHOLE, cut=40),
    "overloaded, as a web page": Reply(status=502, headers=_HTML, body=_PAGE),
    "internal error": synthetic_error(500),
    "request timeout": synthetic_error(408),
    "conflict": synthetic_error(409),
    "429 without Retry-After": synthetic_error(429),
    "429 with seconds": synthetic_error(429, retry_after="2"),
    "429 with a date": synthetic_error(429, retry_after=format_datetime(datetime.now(UTC), usegmt=True)),
    "200 with a status 503 inside": Reply(body={"error": {"code": 503, "message": "provider overloaded"}}),
}
"""What may pass by itself, so that the request is repeated."""

REPLIES: dict[str, Reply] = {
    "broken JSON": synthetic_completion('{"number": 4'),
    "wrong schema": synthetic_completion('{"nonsense": [1, 2, 3]}'),
    "prose": synthetic_completion("Forty-one, I believe."),
    "nothing": synthetic_completion(""),
}
"""What does not fit, so that the question is put again with the reason."""

USELESS: dict[str, Reply] = {
    "truncated": synthetic_completion('{"number": 4', finish_reason="length"),
    "refusal": synthetic_completion(None, refusal="I would rather not count people."),
    "content filter": synthetic_completion(None, finish_reason="content_filter"),
    "empty choices": Reply(body={**_WHOLE, "choices": []}),
    "no choices": Reply(body={**_WHOLE, "choices": None}),
    "200 with an error inside": Reply(body={"error": {"message": "the provider gave up", "type": "server_error"}}),
}
"""What another try would bring again: it costs its question alone."""

UNUSABLE: dict[str, Reply] = {
    "a web page": Reply(headers=_HTML, body=_PAGE),
    "a body cut short": Reply(body='{"choices": ['),
    "a list": Reply(body=[1, 2, 3]),
}
"""What is no chat completion at all: whoever sends it is not the server that was meant."""


class Moody(SyntheticModel):
    """A made-up model that, while `bad`, answers a share of all requests with a fault of some kind, chosen by `seed`.

    The choice hangs on the question and on how often it was put, not on the order in which requests come in: a run with
    many requests at once meets the same faults every time.
    """

    def __init__(self, seed: int, share: float, *, without: Collection[str] = ()) -> None:
        super().__init__(fault=self._mood)
        self.bad = True
        self.faults: Counter[str] = Counter()
        self._seed = seed
        self._share = share
        self._asked: Counter[str] = Counter()
        kinds = {**TRANSPORT, **REPLIES, **USELESS, **UNUSABLE}
        self.kinds = {name: reply for name, reply in kinds.items() if name not in without}

    def _mood(self, number: int, request: Request) -> Reply | None:
        question = json.dumps(question_of(request))
        self._asked[question] += 1
        chance = random.Random(f"{self._seed} {question} {self._asked[question]}")
        if not self.bad or chance.random() >= self._share:
            return None
        kind = chance.choice(list(self.kinds))
        self.faults[kind] += 1
        return self.kinds[kind]

    def is_good(self, reply: Reply) -> bool:
        """Whether a reply is an answer."""
        return reply not in self.kinds.values()
