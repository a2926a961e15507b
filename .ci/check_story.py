"""Check a `story --format json` result against the contract: python check_story.py RESULT.json ARTICLE…"""

import json
import sys
from pathlib import Path

import jsonschema

from summarizer.cli.schema import json_schema
from summarizer.schemas import MergedSummary
from summarizer.text.numbers import find_numbers, stands_in

TOP = set(
    "schema_version articles headline narrative disagreements agreements single_source unverified failures usage "
    "provenance".split()
)
DISAGREEMENT = set(
    "id question relation subtype severity decided_by rationale estimate positions changes judged".split()
)
POSITION = set("answer value articles attributed_to as_of claims evidence voices".split())

result, *paths = sys.argv[1:]
raw = json.loads(Path(result).read_text("utf-8"))
jsonschema.validate(raw, json.loads(json_schema("story")))
story = MergedSummary.model_validate(raw)
assert set(raw) == TOP, set(raw) ^ TOP
assert {article["id"] for article in raw["articles"]} == {Path(path).stem for path in paths}, "ids are file stems"
texts = {article["id"]: article["text"] for article in raw["articles"]}
languages = {article["id"]: article["language"] for article in raw["articles"]}
positions = numbers = 0
for item in raw["disagreements"]:
    assert set(item) == DISAGREEMENT, set(item) ^ DISAGREEMENT
    assert item["rationale"].strip() and len(item["positions"]) > 1
for item in raw["disagreements"] + raw["agreements"] + raw["single_source"]:
    for position in item["positions"]:
        assert set(position) == POSITION, set(position) ^ POSITION
        assert position["evidence"] and position["claims"]
        positions += 1
        for evidence in position["evidence"]:
            assert evidence["quote"] == texts[evidence["article"]][evidence["start"] : evidence["end"]]
        for claim in position["claims"]:
            assert claim["status"] == "verified", "an unverified claim is compared"
            if claim["value"]["kind"] != "quantity":
                continue
            quote = " ".join(evidence["quote"] for evidence in claim["evidence"])
            told = find_numbers(quote, languages[claim["article"]])
            for end in (claim["value"]["low"], claim["value"]["high"]):
                if end is not None and claim["value"]["qualifier"] != "vague":
                    assert stands_in(end, told), (end, quote)
                    numbers += 1
for claim in raw["unverified"]:
    assert claim["status"] == "unverified" and any(not check["passed"] for check in claim["checks"])
assert positions, "the result holds no claim at all"
usage = story.usage
print(
    f"story: {len(raw['disagreements'])} disagreements, {len(raw['agreements'])} agreements, "
    f"{len(raw['single_source'])} from one source, {len(raw['unverified'])} unverified; "
    f"{positions} positions and {numbers} numbers checked; {usage.calls} calls, {usage.prompt_tokens} + "
    f"{usage.output_tokens} tokens, {usage.output_tokens_per_verified_claim} output tokens per verified claim"
)
