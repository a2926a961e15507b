"""Whatever an article, a model, a server or a file name holds: no output lets a terminal or a renderer act on it."""

import csv
import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rdflib import RDF, Graph, Literal, URIRef
from support import samples
from support.hostile import BY_NAME
from typer.testing import CliRunner

from summarizer import Article, merge
from summarizer.cli import doctor
from summarizer.cli.app import app
from summarizer.cli.bar import TerminalProgress
from summarizer.cli.exits import report_failures, say
from summarizer.cli.output import Output
from summarizer.render.formats import Format, story_in
from summarizer.render.markdown import story_markdown, summaries_markdown
from summarizer.render.safe import isolate, json_safe, plain, plain_lines
from summarizer.render.text import story_text, summaries_text
from summarizer.schemas import Cited, Copy, Failure, MergedSummary, Relation
from summarizer.text.bylines import names_in

ATTACKS = (
    "\x1b[31m", "\x1b]8;;https://evil.example\x1b\\", "\x1b]0;owned\x07", "\x1bPq\x1b\\", "\x9b2J", "\x07", "\x08",
    "\r", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u2069", "\u206b", "\ufeff", "\ufff9", "\U000e0041",
    "[bold red]", "[/]", "[link=https://evil.example]", "![i](https://evil.example)", "[t](javascript:alert(1))",
    "<script>", "<!--", "-->", "<https://evil.example>", "`", "```", "~~~", "| a |", "# ", "> ", "- ", "1. ", "---",
    "===", "**", "__", "$x$", "&lt;", "@admin", "#12", "www.evil.example", "http://evil.example", "a@evil.example",
    "\\", "\n", "\t", "    ", ":tada:", "العربية", "עברית", "中文", "é",
)  # fmt: skip
SAID = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=4), min_size=1, max_size=6).map("".join)
ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""What a terminal acts on, or a reader is misled by, line feeds aside; isolates are code's own."""
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def story_of(text: str, byline: str | None = None) -> MergedSummary:
    """A story in which articles, bylines, questions, answers, speakers, rationales and failures all say `text`."""
    text = text.encode("utf-8", "replace").decode()
    shown = text if text.strip() else f"{text}x"
    same = {"title": shown, "outlet": shown, "url": shown, "byline": byline or shown}
    article = Article.from_text(f"x{text}", id=f"a{text}", language="en", **same)
    article = article.model_copy(update={"copies": (Copy(id=f"c{text}", sha256="0" * 64, **same),)})
    first = samples.claim(article, 1, f"What{text}?", f"a{text}", article.text, attributed_to=shown)
    other = samples.claims()["cause_ar"]
    item = samples.disagreement(
        1, samples.position(first), samples.position(other), relation=Relation.CONTRADICTION, rationale=f"r{text}"
    )
    told = Cited(text=f"t{text}", claims=(first.id,))
    return samples.story(
        articles=(article, samples.ARABIC),
        headline=told,
        narrative=(told, told),
        disagreements=(item,),
        agreements=(),
        single_source=(),
        unverified=(samples.claim(article, 2, f"Who{text}?", shown, article.text, failed=("answer", f"r{text}")),),
        failures=(Failure(article=f"f{text}", stage="read", reason=f"r{text}", hint=f"h{text}"),),
    )


def balanced(line: str) -> bool:
    """Whether isolates open and close in a line."""
    depth = 0
    for sign in line:
        depth += (sign == "\u2068") - (sign == "\u2069")
        if depth < 0:
            return False
    return depth == 0


# --- text ---


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAID)
def test_text_output_holds_nothing_that_acts(text: str) -> None:
    shown = story_text(story_of(text), width=80, verbose=True)
    assert not ACTS.search(shown)
    assert balanced(shown.replace("\n", ""))
    assert not re.search("[\u2066\u2067\u202a-\u202e]", shown)


def test_rich_markup_is_shown_as_it_stands() -> None:
    shown = " ".join(story_text(story_of("[bold red]hot[/bold red]"), width=200).split())
    assert "r[bold red]hot[/bold red] (high severity" in shown or "r[bold red]hot[/bold red] (medium severity" in shown


def test_a_name_from_right_to_left_is_isolated_and_cut_whole() -> None:
    for name in ("صوت", "صوت الميناء وأخبار المدينة والبلدة والقرية والسهل"):
        article = Article.from_text("خبر عاجل من الميناء.", id=name, language="ar")
        shown = summaries_text([samples.summary(samples.ENGLISH).model_copy(update={"article": article})])
        line = next(line for line in shown.splitlines() if "صوت" in line and "ar" in line)
        assert "\u2068صوت" in line
        assert balanced(line)


# --- Markdown ---


def structure(document: str) -> list[str]:
    """What a renderer makes of it: its blocks, and what stands in them besides text."""
    tokens = READER.parse(document)
    quiet = ("text", "text_special", "softbreak")
    inside = [child for token in tokens for child in token.children or () if child.type not in quiet]
    comments = [child for child in inside if child.type == "html_inline"]
    assert {comment.content for comment in comments} <= {"<!-- -->"}  # parts a mention, made by code
    return [token.type for token in tokens] + [child.type for child in inside if child.type != "html_inline"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAID)
def test_markdown_has_the_structure_of_a_harmless_story(text: str) -> None:
    shown = story_markdown(story_of(text))
    usual = structure(story_markdown(story_of("calm")))
    assert structure(shown) == usual
    assert not {"link_open", "image", "html_block", "code_inline", "fence", "code_block"} & set(usual)
    assert not ACTS.search(shown)
    assert all(map(balanced, shown.splitlines()))


def test_what_is_written_from_right_to_left_keeps_its_punctuation_to_itself() -> None:
    story = samples.story()
    loud = story.disagreements[3].positions[1].model_copy(update={"answer": "هزة أرضية!", "attributed_to": "(وزارة)"})
    item = story.disagreements[3].model_copy(update={"positions": (story.disagreements[3].positions[0], loud)})
    shown = story_markdown(samples.story(disagreements=(*story.disagreements[:3], item)))
    assert "\n> \u2068«أصيب" in shown
    assert "المدينة.»\u2069 — al-mina\n" in shown
    assert "| **\u2068هزة أرضية\\!\u2069** | undated | \u2068(وزارة)\u2069 | al-mina (\u2068الميناء\u2069) |" in shown
    assert "\u2068" not in re.sub("\u2068[^\u2068\u2069]*[\u0600-\u06ff][^\u2068\u2069]*\u2069", "", shown)


# --- JSON ---


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAID)
def test_json_is_faithful_and_holds_no_raw_control_character(text: str) -> None:
    raw = story_of(text).model_dump_json(indent=2)
    safe = json_safe(raw)
    assert json.loads(safe) == json.loads(raw)
    assert not re.search("[\u2066-\u2069]", safe)
    assert not ACTS.search(safe)


def test_json_goes_out_safe_to_files_and_stdout(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = json.dumps({"a": "\x1b\x9b\u202e\U000e0041é"}, ensure_ascii=False)
    Output(Format.JSON, tmp_path / "a.json").write(text)
    Output(Format.JSON).write(text)
    assert (tmp_path / "a.json").read_bytes() == capsysbinary.readouterr().out
    assert not ACTS.search((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert json.loads((tmp_path / "a.json").read_bytes()) == json.loads(text)
    assert "é" in (tmp_path / "a.json").read_text(encoding="utf-8")


# --- data ---

CELLS = re.compile("[;|\n]")
COMPUTED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫−\t\r]")
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    "\r=1",
    ";=1",
    "\n=1",
    '"=1',
    "'",
)
PREFIXED = st.tuples(st.sampled_from((*FORMULAS, "")), SAID, st.sampled_from((*FORMULAS, ""))).map("".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PREFIXED)
def test_no_cell_of_a_csv_file_is_computed_nor_acts(text: str) -> None:
    """Not where commas part the cells, nor where a spreadsheet takes semicolons for that; numbers stay numbers."""
    shown = story_in(story_of(text), Format.CSV)
    assert not ACTS.search(shown.replace("\r\n", "\n"))
    assert not re.search("[\u2066-\u2069]", shown)
    head, *rows = csv.reader(StringIO(shown, newline=""))
    assert len(rows) == 3
    for row in rows:
        assert len(row) == len(head)
        for name, cell in zip(head, row, strict=True):
            for part in CELLS.split(cell):
                assert not COMPUTED.match(part), (name, cell)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PREFIXED)
def test_lines_of_json_are_lines_to_everybody(text: str) -> None:
    shown = story_in(story_of(text), Format.JSONL)
    assert not ACTS.search(shown)
    assert not re.search("[\u2066-\u2069]", shown)
    lines = shown.splitlines()  # parts at U+0085, U+2028 and the like, too
    assert len(lines) == 3
    assert {json.loads(line)["list"] for line in lines} == {"disagreement", "unverified"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PREFIXED)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser uses it
def test_linked_data_has_the_structure_of_a_harmless_story(text: str) -> None:
    """No text becomes a name, a type, a link or a term; in a page's script element it would end nothing."""
    shown = story_in(story_of(text), Format.JSONLD)
    assert not ACTS.search(shown)
    assert not set("<>&") & set(shown)
    writers = names_in(text if text.strip() else f"{text}x")
    usual = story_in(story_of("calm", byline="; ".join(f"n{n}" for n in range(len(writers))) or ";"), Format.JSONLD)
    kinds = [[triples_of(page, RDF.type), sorted(triples_of(page, None))] for page in (shown, usual)]
    assert kinds[0] == kinds[1]


def triples_of(page: str, term: URIRef | None) -> Any:
    """How often each type is given; or without a term each property with what kind of thing it leads to."""
    graph = Graph().parse(data=page, format="json-ld")
    if term:
        return Counter(str(kind) for kind in graph.objects(None, term))
    return [(str(name), isinstance(value, Literal)) for _, name, value in graph]


# --- lines on stderr ---


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID)
def test_messages_hold_nothing_that_acts(capsys: pytest.CaptureFixture[str], text: str) -> None:
    say(f"error: {text}", hint=f"h{text}")
    report_failures([Failure(article=f"a{text}", stage="read", reason=f"r{text}", hint=f"h{text}")])
    plainly = StringIO()
    with TerminalProgress(stream=plainly) as progress:
        progress.start(f"t{text}", 2)
        progress.note(f"n{text}")
        progress.finish(f"t{text}")
    told = capsys.readouterr().err + plainly.getvalue()
    assert not ACTS.search(told)
    assert len(told.splitlines()) == 7


def test_a_live_bar_shows_its_own_codes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    shown = []
    for text in ("calm", "".join(attack for attack in ATTACKS if attack.isascii() and "\n" not in attack)):
        stream = Terminal()
        with TerminalProgress(stream=stream) as progress:
            progress.start(text, 2)
            progress.note(f"note {text}")
            progress.finish(text)
        codes = re.findall(r"\x1b\[[\d;?]*[A-Za-z]", stream.getvalue())
        assert not re.search(r"\x1b(?!\[)|\x1b\[31m|[\x07\x08\x9b]", stream.getvalue())
        shown.append(set(codes))
        assert "[bold red]" in stream.getvalue() or text == "calm"
    assert shown[1] <= shown[0] | {"\x1b[1A", "\x1b[2K"}


@given(SAID)
def test_lines_keep_their_indent_and_nothing_else_that_acts(text: str) -> None:
    shown = plain_lines(f"Traceback\n    at {text}\n")
    assert not ACTS.search(shown)
    assert shown.startswith("Traceback\n    at")
    assert plain_lines("a\n  b\n") == "a\n  b\n"


def test_an_error_with_its_traceback_is_neutralised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Three people died.", encoding="utf-8")

    def broken(*arguments: Any, **more: Any) -> None:
        raise RuntimeError("".join(ATTACKS))

    monkeypatch.setattr("summarizer.articles.read_articles", broken)
    done = CliRunner().invoke(app, ["story", str(path), "--verbose"])
    assert done.exit_code == 70
    assert "Traceback" in done.stderr
    assert not ACTS.search(done.stderr)


@pytest.mark.parametrize("name", ["\x1b[31m.txt", "--\x1b]0;x\x07", "[bold]x.txt", "\u202etxt.exe", "-\x9bq"])
def test_names_of_files_and_options_are_neutralised(tmp_path: Path, name: str) -> None:
    for arguments in (["story", name], ["merge", name], ["schema", name], ["story", "x", "--format", name]):
        done = CliRunner().invoke(app, arguments, env={"TERM": "dumb"})
        assert done.exit_code == 2
        assert not ACTS.search(done.stdout + done.stderr), (arguments, done.stderr)


def test_what_a_server_and_settings_say_is_neutralised_by_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "".join(ATTACKS)
    monkeypatch.setattr(doctor, "examine", lambda settings: iter([doctor.Finding("server", f"it lists {said}")]))
    done = CliRunner().invoke(app, ["doctor"])
    assert done.stdout.count("\n") == 2
    assert not ACTS.search(done.stdout)
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", "/nowhere/\x1b[31m")
    assert not ACTS.search(CliRunner().invoke(app, ["cache", "info"]).stdout)


# --- whole articles ---


@pytest.mark.parametrize("name", ["terminal-escapes", "zero-width-and-bidi", "tag-characters", "markdown-blocks"])
def test_hostile_articles_are_shown_safely(name: str) -> None:
    article = BY_NAME[name].article
    quote = article.text[: article.text.index(".") + 1]
    claim = samples.claim(article, 1, f"What? {article.title}", quote, quote, attributed_to=article.outlet or quote)
    summary = samples.summary(samples.ENGLISH).model_copy(
        update={"article": article, "claims": (claim,), "headline": None, "what": None, "who": None}
    )
    story = merge([summary])
    for shown in (
        summaries_text([summary]),
        summaries_markdown([summary]),
        story_text(story, verbose=True),
        story_markdown(story),
        json_safe(story.model_dump_json()),
        story_in(story, Format.CSV).replace("\r\n", "\n"),
        story_in(story, Format.JSONL),
        story_in(story, Format.JSONLD),
    ):
        assert not ACTS.search(shown)


@given(SAID)
def test_plain_text_is_idempotent_and_can_be_isolated(text: str) -> None:
    safe = plain(text)
    assert plain(safe) == safe
    assert balanced(isolate(safe))
