"""Run with the Python of an environment that holds nothing but the built wheel: is everything in it?"""

import sys
from importlib.resources import files

import summarizer
import summarizer.schemas as schemas
from summarizer.prompting import all_prompts
from summarizer.text.concepts import find_concepts

names = {prompt.name for prompt in all_prompts()}
assert {"marks", "facts", "header", "adjudicate", "narrative", "fill"} <= names, names
assert files("summarizer").joinpath("py.typed").is_file(), "py.typed is missing"
assert find_concepts("Two people were killed.", "en"), "the lexicons are missing"
for name in summarizer.__all__:
    getattr(summarizer, name)
assert schemas.MergedSummary.model_json_schema()["title"] == "MergedSummary"
assert "schemas" not in sys.modules, "the schemas have a second identity"
print("wheel: prompts", ", ".join(sorted(names)))
