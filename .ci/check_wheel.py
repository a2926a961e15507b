"""Run with the Python of an environment that holds nothing but the built wheel: is everything in it?"""

import sys
from importlib.resources import files

import summarizer
import summarizer.schemas as schemas
from summarizer.prompting import all_prompts
from summarizer.render.page import story_html
from summarizer.text.concepts import find_concepts

names = {prompt.name for prompt in all_prompts()}
assert {"marks", "facts", "header", "adjudicate", "narrative", "fill"} <= names, names
assert files("summarizer").joinpath("py.typed").is_file(), "py.typed is missing"
assert find_concepts("Two people were killed.", "en"), "the lexicons are missing"
for name in summarizer.__all__:
    getattr(summarizer, name)
made = schemas.Provenance(summarizer_version="0")
lists = ("articles", "narrative", "disagreements", "agreements", "single_source", "unverified", "failures")
nothing = dict.fromkeys(lists, ())
page = story_html(schemas.MergedSummary(headline=None, usage=schemas.Usage(), provenance=made, **nothing))
assert page.startswith("<!doctype html>"), "the page lacks its templates, style or script"
assert schemas.MergedSummary.model_json_schema()["title"] == "MergedSummary"
assert "schemas" not in sys.modules, "the schemas have a second identity"
print("wheel: prompts", ", ".join(sorted(names)))
