"""The readers of what the field exports: which takes what, field by field, and bad records beside good ones."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import samples
from support.fake_model import SyntheticModel
from support.scripted_server import Reply, ScriptedServer
from typer.testing import CliRunner, Result

from summarizer.articles import Article, exports, finding, read_articles
from summarizer.articles.markup import markup_text
from summarizer.articles.web_address import address_id
from summarizer.cli.app import app
from summarizer.errors import InputError
from summarizer.schemas import Failure

MILL = "The fire at Garrow mill killed 6 workers on Monday, the brigade said. Another 21 were injured."
PARAGRAPHS = f"{MILL}\n\nThe roof fell in at dawn. Nobody lives nearby."
XHTML = (
    "<p>The fire at <em>Garrow</em> mill killed 6 workers on Monday, the brigade said. Another 21 were injured.</p>"
    "<figure><img src='a.jpg'/><figcaption>The mill in spring</figcaption></figure>"
    "<p>The roof fell in at dawn.<script>track()</script> Nobody lives nearby.</p>"
)
NEWS_PLEASE = {
    "authors": ["Ida Crane"],
    "date_download": "2032-09-16 08:00:00",
    "date_modify": "None",
    "date_publish": "2032-09-14 17:03:00",
    "description": "Six dead.",
    "filename": "https%3A%2F%2Fbell.example%2Fmill.json",
    "image_url": None,
    "language": "en",
    "localpath": None,
    "maintext": PARAGRAPHS,
    "source_domain": "bell.example",
    "text": None,
    "title": "Six dead in mill fire",
    "title_page": None,
    "title_rss": None,
    "url": "https://bell.example/mill",
}
NINJS_1 = {
    "uri": "urn:newsml:reed.example:20320914:mill",
    "type": "text",
    "versioncreated": "2032-09-14T10:37:00Z",
    "firstcreated": "2032-09-13T22:10:00Z",
    "pubstatus": "usable",
    "copyrightholder": "Reed Agency",
    "language": "en",
    "byline": "Ida Crane",
    "headline": "Six dead in mill fire",
    "headline_short": "Mill fire",
    "body_text": PARAGRAPHS,
    "body_xhtml": XHTML,
    "usageterms": "None",
}
NINJS_2 = {
    "uri": "https://reed.example/items/mill",
    "type": "text",
    "versioncreated": "2032-09-14T10:37:00+09:00",
    "language": "en",
    "by": "Ida Crane",
    "headlines": [{"role": "short", "value": "Mill fire"}, {"role": "main", "value": "Six dead in mill fire"}],
    "bodies": [
        {"role": "teaser", "contenttype": "text/plain", "value": "Six are dead."},
        {"role": "ttnitf", "contenttype": "application/xml", "value": "<NITF><TEXT>The mill</TEXT></NITF>"},
        {"role": "html", "contenttype": "text/html", "value": XHTML},
    ],
    "infosources": [{"name": "Fire brigade", "role": "informant"}, {"name": "Reed Agency", "role": "publisher"}],
    "standard": {"name": "ninjs", "version": "2.1"},
}
NINJS_3 = {
    "uri": "https://reed.example/items/mill",
    "versionCreated": "2032-09-14T10:37:00Z",
    "pubStatus": "usable",
    "copyrightHolder": "Reed Agency",
    "by": "By Ida Crane",
    "language": "en",
    "headlines": [{"role": "main", "contentType": "text/html", "value": "<p>Six dead in <b>mill fire</b></p>"}],
    "bodies": [
        {"role": "richtext", "contentType": "application/xhtml+xml", "value": XHTML},
        {"role": "main", "contentType": "text/plain", "value": PARAGRAPHS},
    ],
}
SUPERDESK = {
    "guid": "tag:reed.example,2032:mill",
    "versioncreated": "2032-09-14T10:37:00+0000",
    "source": "Reed Agency",
    "byline": "<p>By Ida Crane</p>",
    "headline": "Six dead in mill fire",
    "body_html": XHTML,
    "language": "en-CA",
}


def write(path: Path, content: object) -> str:
    """A file with this content: bytes and strings as they are, a list of lines for JSONL, all else as JSON."""
    if isinstance(content, list) and path.suffix == ".jsonl":
        content = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in content)
    raw = content if isinstance(content, bytes) else content if isinstance(content, str) else json.dumps(content)
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return str(path)


def read(*sources: str | Path, **options: Any) -> tuple[list[Article], list[Failure], list[str]]:
    notes: list[str] = []
    articles, failures = read_articles(sources, note=notes.append, **options)
    return articles, failures, notes


def only(tmp_path: Path, content: object, name: str = "report.json", **options: Any) -> Article:
    [article], failures, _ = read(write(tmp_path / name, content), **options)
    assert failures == []
    return article


def refusal(tmp_path: Path, content: object, name: str = "report.json", **options: Any) -> Failure:
    articles, [failure], _ = read(write(tmp_path / name, content), **options)
    assert (articles, failure.stage) == ([], "read")
    assert failure.hint
    return failure


def told(article: Article) -> tuple[Any, ...]:
    return article.title, article.outlet, article.byline, article.published, article.language, article.url


# --- one format after the other ---


def test_news_please(tmp_path: Path) -> None:
    path = write(tmp_path / "report.json", NEWS_PLEASE)
    [article], failures, notes = read(path)
    assert (failures, notes) == ([], [f"{path}: news-please, 1 article"])
    assert (article.id, article.text) == ("report", PARAGRAPHS)
    address = "https://bell.example/mill"
    assert told(article) == ("Six dead in mill fire", "bell.example", "Ida Crane", "2032-09-14", "en", address)


def test_news_please_writes_none_for_a_missing_date_and_may_lack_a_title(tmp_path: Path) -> None:
    article = only(tmp_path, NEWS_PLEASE | {"date_publish": "None", "title": None, "title_rss": "Mill burns"})
    assert (article.published, article.title) == (None, "Mill burns")


def test_news_please_without_a_text_says_so(tmp_path: Path) -> None:
    failure = refusal(tmp_path, NEWS_PLEASE | {"maintext": None})
    assert failure.reason == "it holds no text: maintext, text is empty"


def test_ninjs_1(tmp_path: Path) -> None:
    path = write(tmp_path / "report.json", NINJS_1)
    [article], failures, notes = read(path)
    assert (failures, notes) == ([], [f"{path}: ninjs, 1 article"])
    assert (article.id, article.text) == ("report", PARAGRAPHS)
    assert told(article) == ("Six dead in mill fire", "Reed Agency", "Ida Crane", "2032-09-14", "en", None)


@pytest.mark.parametrize("item", [NINJS_2, NINJS_3, SUPERDESK], ids=["2", "3", "Superdesk"])
def test_ninjs_of_other_versions(tmp_path: Path, item: dict[str, Any]) -> None:
    article = only(tmp_path, item)
    assert article.text == PARAGRAPHS
    language, uri = item["language"], item.get("uri")
    assert told(article) == ("Six dead in mill fire", "Reed Agency", "Ida Crane", "2032-09-14", language, uri)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pubstatus": "canceled"}, "withdrawn (pubstatus: canceled)"),
        ({"pubstatus": "withheld"}, "withheld from publication"),
        ({"body_text": "", "body_xhtml": None}, "a ninjs item without a body"),
        ({"body_text": None, "body_xhtml": None, "type": "picture"}, "it is of type picture"),
        ({"body_text": 5, "body_xhtml": ["x"]}, "a ninjs item without a body"),
        ({"body_text": "12 34"}, "it holds no words"),
        ({"versioncreated": "soon"}, "'soon' is not a date"),
    ],
)
def test_ninjs_that_is_no_article(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    assert words in refusal(tmp_path, NINJS_1 | change).reason


def test_ninjs_3_that_is_withdrawn_or_in_another_format(tmp_path: Path) -> None:
    assert "withdrawn" in refusal(tmp_path, NINJS_3 | {"pubStatus": "canceled"}).reason
    bodies = [{"contentType": "application/nitf+xml", "value": "<nitf>The mill.</nitf>"}]
    assert "a format that is not read: application/nitf+xml" in refusal(tmp_path, NINJS_3 | {"bodies": bodies}).reason


def test_the_plain_body_goes_before_markup_and_the_main_one_before_others(tmp_path: Path) -> None:
    bodies = [
        {"role": "long", "value": MILL * 3},
        {"role": "html", "contentType": "text/html", "value": XHTML},
        {"role": "main", "value": MILL},
        {"role": "main"},
        "no object",
    ]
    assert only(tmp_path, NINJS_3 | {"bodies": bodies}).text == MILL
    assert only(tmp_path, NINJS_3 | {"bodies": [{"value": "The mill."}, {"value": MILL}]}).text == MILL
    assert only(tmp_path, NINJS_3 | {"bodies": [bodies[1], {"role": "lead", "value": "Six."}]}).text == PARAGRAPHS


WELL_KNOWN = {
    "text": ["text", "maintext", "body_text", "body", "content", "full_text", "articleBody", "BODY", "Content"],
    "title": ["title", "headline", "title_page", "Headline"],
    "outlet": ["outlet", "source", "source_domain", "publisher", "domain", "sourceDomain"],
    "byline": ["byline", "author", "authors", "creator", "Author"],
    "published": ["published", "date_publish", "published_at", "publishedAt", "datePublished", "pubDate", "date"],
    "language": ["language", "lang", "inLanguage"],
    "url": ["url", "link", "URL"],
}
PLAIN = {
    "text": MILL, "title": "Mill fire", "outlet": "The Reed", "byline": "Ida Crane",
    "published": "2032-09-14", "language": "pt-BR", "url": "https://reed.example/1",
}  # fmt: skip


@pytest.mark.parametrize(("field", "name"), [(field, name) for field, names in WELL_KNOWN.items() for name in names])
def test_well_known_names(tmp_path: Path, field: str, name: str) -> None:
    record = {key: value for key, value in PLAIN.items() if key != field} | {name: PLAIN[field]}
    article = only(tmp_path, record)
    assert (article.text, *told(article)) == tuple(PLAIN.values())


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2032-09-14T23:30:00+09:00", "2032-09-14"),
        ("2032-09", "2032-09"),
        ("Tue, 14 Sep 2032 10:00:00 GMT", "2032-09-14"),
        (1978861800, "2032-09-15"),
        (1978861800000, "2032-09-15"),
        (1978861800.0, "2032-09-15"),
        ("1978861800", "2032-09-15"),
        (20320914, "2032-09-14"),
        ("20320914120000", "2032-09-14"),
        (20320914120000, "2032-09-14"),
        (2032, "2032"),
        (None, None),
        ("", None),
        ("NaT", None),
    ],
)
def test_dates_in_records(tmp_path: Path, value: object, date: str | None) -> None:
    assert only(tmp_path, PLAIN | {"published": value}).published == date


@pytest.mark.parametrize("value", ["soon", 0, 17, 10**250, -5, True, ["2032", "2033"], {"day": 5, "name": "x"}, 1e300])
def test_a_date_that_is_none_costs_the_record_unless_another_is_given(tmp_path: Path, value: object) -> None:
    assert "published: " in refusal(tmp_path, PLAIN | {"published": value}).reason
    article = only(tmp_path, PLAIN | {"published": value}, published={"report": "2032-09-14"})
    assert article.published == "2032-09-14"


@pytest.mark.parametrize(
    ("value", "language"),
    [("English", "en"), ("french", "fr"), ("eng", "en"), ("fra", "fr"), ("zh_Hant", "zh-Hant"), ("EN-us", "en-US"),
     ("nb-NO", "nb-NO"), ("unknown", "en"), ("und", "en"), ("the best", "en"), (None, "en")],
)  # fmt: skip
def test_languages_in_records(tmp_path: Path, value: object, language: str) -> None:
    assert only(tmp_path, PLAIN | {"language": value}).language == language


@pytest.mark.parametrize(
    ("record", "byline"),
    [
        ({"authors": ["Ida Crane", "Tom Reed", "ida crane"]}, "Ida Crane; Tom Reed"),
        ({"author": {"@type": "Person", "name": "Ida Crane"}}, "Ida Crane"),
        ({"author": [{"name": "Ida Crane"}, {"@type": "Organization", "name": "The Reed"}]}, "Ida Crane"),
        ({"author": "The Reed", "authors": ["Ida Crane"]}, "Ida Crane"),
        ({"byline": "", "author": {"url": "x"}, "creator": "Ida Crane"}, "Ida Crane"),
        ({"author": "ida@reed.example (Ida Crane)"}, "Ida Crane"),
        ({"author": "None"}, None),
        ({"author": 5, "authors": [True, None, [[[[["x"]]]]]]}, None),
        ({"author": "a\ud800b \u202eIda"}, "ab Ida"),
        ({"author": MILL * 5}, None),
    ],
)
def test_bylines_in_records(tmp_path: Path, record: dict[str, Any], byline: str | None) -> None:
    """What is no name costs nothing: who wrote it decides nothing."""
    assert only(tmp_path, {"text": MILL, "outlet": "The Reed"} | record).byline == byline


def test_bylines_as_tt_writes_them(tmp_path: Path) -> None:
    bylines = [{"byline": "Ida Crane/Reed", "email": "ida@reed.example"}, {"byline": "Tom Reed"}]
    item = {key: value for key, value in NINJS_1.items() if key != "byline"} | {"bylines": bylines}
    assert only(tmp_path, item).byline == "Ida Crane/Reed; Tom Reed"


def test_a_field_can_be_named_for_the_byline(tmp_path: Path) -> None:
    record = PLAIN | {"byline": "Ida Crane", "meta": {"schreiber": ["Max Muster"]}}
    assert only(tmp_path, record, fields={"byline": "meta.schreiber"}).byline == "Max Muster"
    assert only(tmp_path, record, fields={"byline": ""}).byline is None
    assert only(tmp_path, NINJS_1 | record, fields={"byline": "meta.schreiber"}).byline == "Max Muster"


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"text": ["One paragraph of words.", " ", " Another one. "]}, "One paragraph of words.\n\nAnother one."),
        ({"text": "", "body": MILL}, MILL),
        ({"content": XHTML}, PARAGRAPHS),
        ({"text": f"  {MILL}\r\n"}, f"  {MILL}\n"),
        ({"text": "a < b said <p>the mayor</p>."}, "a < b said <p>the mayor</p>."),
        ({"text": MILL, "source": {"id": None, "name": "The Reed"}}, MILL),
    ],
)
def test_texts_in_records(tmp_path: Path, record: dict[str, Any], text: str) -> None:
    assert only(tmp_path, record).text == text


@pytest.mark.parametrize(
    ("record", "words", "hint"),
    [
        ({"article": MILL, "when": "2032"}, "none of its fields has a name known for it", "it has article, when"),
        ({f"f{n}": n for n in range(20)}, "none of its fields", "f0, f1, f2, f3, f4, f5, f6, f7 and 12 more"),
        ({}, "none of its fields", "it has none"),
        ({"text": {"en": MILL}}, "text: it is an object", "--field text="),
        ({"text": MILL, "title": ["a", "b"]}, "title: it is a list (['a', 'b'])", "--field"),
        ({"text": MILL, "url": True}, "url: it is true or false", "--field"),
        ({"text": " \n"}, "it holds no text: text is empty", "complete"),
        ({"text": "12 34"}, "it holds no words", "see whether"),
        ({"text": f"{MILL}\0"}, "binary data", "UTF-8"),
        ({"status": "ok", "articles": [PLAIN]}, "an object around a list 'articles'", "jq -c '.articles[]'"),
        ({"schema_version": "1.0", "disagreements": []}, "a story made earlier", "`summarizer render`"),
        ({"schema_version": "1.0", "article": {}}, "a summary made earlier", "`summarizer merge`"),
    ],
)
def test_records_that_are_no_articles(tmp_path: Path, record: object, words: str, hint: str) -> None:
    failure = refusal(tmp_path, record)
    assert words in failure.reason
    assert hint in str(failure.hint)


def test_what_this_program_puts_out_is_told_apart(tmp_path: Path) -> None:
    assert "a story made earlier" in refusal(tmp_path, samples.story().model_dump_json(indent=2)).reason


def test_given_names_stand_for_the_well_known_ones(tmp_path: Path) -> None:
    record = PLAIN | {"text": "A teaser of a few words.", "article_body": MILL, "meta": {"paper": "The Bell"}}
    fields = {"text": "article_body", "outlet": "meta.paper", "title": ""}
    article = only(tmp_path, record, fields=fields)
    assert (article.text, article.outlet, article.title) == (MILL, "The Bell", None)
    bare = {key: value for key, value in NINJS_1.items() if not key.startswith("body_")} | {"story": MILL}
    assert only(tmp_path, bare, fields={"text": "story"}).text == MILL
    failure = refusal(tmp_path, PLAIN | {"story": None}, fields={"text": "story"})
    assert failure.reason == "it has no text in a field 'story'"
    with pytest.raises(InputError, match="no field 'body' to fill"):
        read_articles([], fields={"body": "x"})


def test_a_given_name_that_no_record_has_is_a_failure(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", [PLAIN, PLAIN | {"language": "en"}])
    articles, [failure], _ = read(path, fields={"title": "titel", "language": "language"})
    assert len(articles) == 2
    assert failure.reason == "no record has a field 'titel', which is given for title"
    text = write(tmp_path / "x.txt", MILL)
    assert read(text, fields={"title": "titel"})[1] == []


# --- exports of many articles ---


def test_jsonl(tmp_path: Path) -> None:
    lines = [PLAIN, "", PLAIN | {"id": "mill-7"}, {"id": 12, "text": MILL}, NINJS_1, NEWS_PLEASE]
    path = write(tmp_path / "wire.jsonl", lines)
    articles, failures, notes = read(path)
    assert failures == []
    ids = ["wire-1", "mill-7", "12", "urn:newsml:reed.example:20320914:mill", "wire-6"]
    assert [article.id for article in articles] == ids
    assert [article.text for article in articles] == [MILL, MILL, MILL, PARAGRAPHS, PARAGRAPHS]
    assert notes == [f"{path}: JSON and news-please and ninjs in JSONL, 5 articles"]


@pytest.mark.parametrize("id", ["https://reed.example/1", "a b", "", "x" * 81, 1.5, True, None, [1], "\u202ea", "-"])
def test_ids_that_read_badly_are_not_taken(tmp_path: Path, id: object) -> None:
    [article], _, _ = read(write(tmp_path / "wire.jsonl", [PLAIN | {"id": id}]))
    assert article.id == "wire-1"


def test_an_object_of_its_own_keeps_the_stem_of_its_file(tmp_path: Path) -> None:
    assert only(tmp_path, PLAIN | {"id": "mill-7"}).id == "report"
    [article], _, _ = read("-", stdin=io.BytesIO(json.dumps(PLAIN | {"id": "mill-7"}).encode()))
    assert article.id == "stdin"


def test_ids_are_unique_over_all_inputs(tmp_path: Path) -> None:
    lines = write(tmp_path / "wire.jsonl", [PLAIN | {"id": "mill"}, PLAIN | {"id": "mill"}, PLAIN])
    text = write(tmp_path / "mill-2.txt", MILL)
    array = write(tmp_path / "wire.json", [PLAIN | {"id": "wire-3"}])
    articles, failures, _ = read(lines, text, array)
    assert failures == []
    assert [article.id for article in articles] == ["mill", "mill-3", "wire-3", "mill-2", "wire-3-2"]


def test_a_bad_line_costs_nothing_of_the_others(tmp_path: Path) -> None:
    bad = ['{"text": "cut off', "no JSON", "[1, 2]", '{"text": NaN}', '{"text": "a", "text": "b"}', "5", "{}"]
    bad += ["[" * 100_000, '{"n": ' + "9" * 400 + "}", '{"n": 1e999}', '{"text": "lone \\ud800 half of a sign"}']
    path = write(tmp_path / "wire.jsonl", [PLAIN, *bad, PLAIN])
    articles, failures, _ = read(path)
    assert [article.id for article in articles] == ["wire-1", f"wire-{len(bad) + 2}"]
    assert [failure.article for failure in failures] == [f"{path}, line {n}" for n in range(2, len(bad) + 2)]
    reasons = [failure.reason for failure in failures]
    assert reasons[:2] == [
        "it is not valid JSON: Unterminated string starting at (column 10)",
        "it is not valid JSON: Expecting value (column 1)",
    ]
    assert "no object with fields" in reasons[2]
    assert reasons[3:5] == ["it holds a number that is none: NaN", "it has the field 'text' twice"]
    assert "nested too deeply" in reasons[7]
    assert reasons[8].startswith("it holds a number that is none: 9999")
    assert reasons[9] == "it holds a number that is none: 1e999"
    assert "surrogate" in reasons[10]


def test_lines_in_another_encoding_fail_by_themselves(tmp_path: Path) -> None:
    good = json.dumps(PLAIN).encode()
    path = write(tmp_path / "wire.jsonl", b"\xef\xbb\xbf" + good + b"\r\n" + b'{"text": "caf\xe9"}\n' + good)
    articles, [failure], _ = read(path)
    assert [article.id for article in articles] == ["wire-1", "wire-3"]
    assert (failure.article, failure.reason) == (f"{path}, line 2", "it is not UTF-8 (byte 13 of the line)")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("many", [True, False])
def test_encodings_of_json(tmp_path: Path, encoding: str, many: bool) -> None:
    text = "L'incendie de l'usine a tué 6 ouvriers, a déclaré la préfète à l'aube. Vingt ouvriers sont blessés. " * 3
    record = json.dumps({"text": text, "title": "Feu"}, ensure_ascii=False)
    path = write(tmp_path / "wire.json", (f"[{record}, {record}]" if many else record).encode(encoding))
    articles, failures, _ = read(path)
    if many and encoding == "cp1252":  # no way to be sure for an export that is read piece by piece
        assert "it is not UTF-8" in failures[0].reason
        return
    assert [article.text for article in articles] == [text] * (2 if many else 1)


def test_arrays(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.json", [PLAIN, 5, PLAIN | {"id": "mill"}, {"text": ""}])
    articles, failures, notes = read(path)
    assert [article.id for article in articles] == ["wire-1", "mill"]
    assert [failure.article for failure in failures] == [f"{path}, article 2", f"{path}, article 4"]
    assert notes == [f"{path}: JSON array, 2 articles"]


@pytest.mark.parametrize(
    ("content", "read_before", "words"),
    [
        ("[%s, %s", 2, "it ends where a comma or ']' is needed; what follows was not read"),
        ("[%s %s]", 1, "'{' stands where a comma or ']' is needed"),
        ("[%s, %s] x", 2, "something stands behind its end"),
        ('[%s, {"text": "cut', 1, "Unterminated string"),
        ("[%s,]", 1, "Expecting value"),
        ('[%s, {"a": NaN}, %s]', 2, "a number that is none"),
        ("[%s, 1234567890123456789, %s]", 2, "no object with fields"),
        ("[%s, " + '{"a":' * 100_000 + ", %s]", 1, "nested too deeply; what follows was not read"),
        ("[{", 0, "Expecting property name"),
        ("[]", 0, "it is JSON, but holds no article"),
        ("  [ %s , %s ]  ", 2, ""),
    ],
)
def test_arrays_with_faults_give_what_stands_before(
    monkeypatch: pytest.MonkeyPatch, content: str, read_before: int, words: str
) -> None:
    raw = content.replace("%s", json.dumps(PLAIN)).encode()
    for chunk in (11, 1_000_000):
        monkeypatch.setattr(exports, "_CHUNK", chunk)
        if chunk == 11 and len(raw) > 10_000:
            continue  # an element of which the end does not come is read anew with each piece
        articles, failures, _ = read("-", stdin=io.BytesIO(raw))
        assert len(articles) == read_before
        assert [words in failure.reason for failure in failures] == ([True] if words else [])


def test_objects_laid_out_over_lines_are_no_jsonl(tmp_path: Path) -> None:
    for name in ("report.json", "report.jsonl"):
        assert only(tmp_path, json.dumps(PLAIN | {"more": [{"a": 1}]}, indent=2), name).id == "report"
    failure = refusal(tmp_path, json.dumps(PLAIN, indent=2)[:-3])
    assert failure.article == str(tmp_path / "report.json")
    assert failure.reason == "it is not valid JSON: Unterminated string starting at (line 8, column 10)"


def test_jsonl_is_told_by_its_content_too(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(PLAIN), "oops", json.dumps(PLAIN)])
    articles, failures, _ = read(write(tmp_path / "wire.json", lines), "-", stdin=io.BytesIO(lines.encode()))
    assert [article.id for article in articles] == ["wire-1", "wire-3", "stdin-1", "stdin-3"]
    assert [failure.article for failure in failures] == [f"{tmp_path}/wire.json, line 2", "-, line 2"]


def test_jsonl_without_an_object_is_one_failure(tmp_path: Path) -> None:
    assert refusal(tmp_path, "The mill.\n" * 500, "wire.jsonl").reason == "no line of it is a JSON object"


def test_a_text_that_begins_with_a_bracket_is_a_text(tmp_path: Path) -> None:
    for text in (f"[Reuters] {MILL}", f"{{sic}} {MILL}", f"[1] {MILL}"):
        assert only(tmp_path, text, "report.txt").text == text


def test_large_exports_are_read_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the first bytes, which are looked at to tell the form, and with elements on every boundary of pieces."""
    for module in ("exports", "readers", "files", "decoding"):
        monkeypatch.setattr(f"summarizer.articles.{module}.MAX_BYTES", 400)
    monkeypatch.setattr(exports, "_CHUNK", 7)
    records = [{"text": f"The mill number {n} « é 水 » is shut.", "id": f"m{n}"} for n in range(40)]
    dumped = [json.dumps(record, ensure_ascii=False) for record in records]
    wide = json.dumps({"text": "x " * 500, "id": "wide"})
    for name, content in (
        ("a.jsonl", "\n".join([*dumped, wide, dumped[0]])),
        ("a.json", f"[{' ,'.join(dumped)}, {wide}, {dumped[0]}]"),
    ):
        path = write(tmp_path / name, content)
        for source, stdin in ((path, None), ("-", io.BytesIO(content.encode()))):
            articles, failures, _ = read(source, stdin=stdin)
            expected = [record["text"] for record in [*records, records[0]]][: 41 if name == "a.jsonl" else 40]
            assert [article.text for article in articles] == expected
            [failure] = failures
            assert "it is too large" in failure.reason
            assert str(failure.article).endswith("line 41" if name == "a.jsonl" else "article 41")


def test_an_export_has_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "wire.jsonl", [PLAIN] * 6)
    monkeypatch.setattr(exports, "MAX_ARTICLES", 4)
    articles, [failure], _ = read(path)
    assert (len(articles), failure.reason) == (4, "it holds more than 4 articles, and the rest was not read")
    monkeypatch.setattr("summarizer.articles.readers.MAX_EXPORT_BYTES", 600)
    articles, [failure], _ = read(path)
    assert (articles, "it is too large" in failure.reason) == ([], True)
    monkeypatch.setattr(exports, "MAX_EXPORT_BYTES", 600)  # a pipe does not tell its size
    for content in (Path(path).read_bytes(), json.dumps([PLAIN] * 6).encode()):
        monkeypatch.setattr(exports, "_CHUNK", 200)
        articles, [failure], _ = read("-", stdin=io.BytesIO(content))
        assert 0 < len(articles) < 4
        assert failure.reason == "it is larger than 0 MB; what follows was not read"


def test_an_export_is_not_held_twice(tmp_path: Path) -> None:
    """40 MB of fields that no article needs: they are let go line by line."""
    path = tmp_path / "wire.jsonl"
    with path.open("w") as file:
        for number in range(40):
            file.write(json.dumps({"text": f"Mill {number} is shut.", "raw": "<p>" * 333_000}) + "\n")
    code = (
        "import resource, sys\nfrom summarizer import read_articles\n"
        "read_articles([sys.argv[2]])\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "articles, failures = read_articles([sys.argv[1]])\n"
        "assert (len(articles), failures) == (40, []), failures\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    small = write(tmp_path / "small.jsonl", [PLAIN])
    command = [sys.executable, "-c", code, str(path), small]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < 25_000  # kilobytes


# --- directories and patterns ---


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    for name in ("b.md", "a.txt", "deep/er/c.json", "deep/d.jsonl", ".hidden.md", ".git/e.md", "photo.png", "f.MD"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        content = {".json": json.dumps(PLAIN), ".jsonl": json.dumps(PLAIN) + "\n"}.get(Path(name).suffix, MILL)
        (folder / name).write_text(content)
    return folder


def test_directories(tree: Path) -> None:
    articles, failures, notes = read(tree)
    assert failures == []
    assert [article.id for article in articles] == ["a", "b", "f", "d-1", "c"]
    assert notes == [
        f"{tree}: 1 of other kinds left out (photo.png)",
        f"{tree}/a.txt: text, 1 article",
        f"{tree}/b.md: Markdown, 1 article",
        f"{tree}/f.MD: Markdown, 1 article",
        f"{tree}/deep/d.jsonl: JSONL, 1 article",
        f"{tree}/deep/er/c.json: JSON, 1 article",
    ]


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [("*.md", ["b"]), ("**/*.json*", ["d-1", "c"]), ("[ab].*", ["a", "b"]), ("deep/**", ["d-1", "c"]), ("?.MD", ["f"])],
)
def test_patterns(tree: Path, pattern: str, ids: list[str]) -> None:
    articles, failures, _ = read(tree / pattern)
    assert ([article.id for article in articles], failures) == (ids, [])


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    write(tmp_path / "a1.txt", MILL)
    [article], _, _ = read(write(tmp_path / "a[1].txt", PARAGRAPHS))
    assert (article.id, article.text) == ("a[1]", PARAGRAPHS)


def test_nothing_in_a_directory_or_for_a_pattern_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty" / "photo.png", b"\x89PNG")
    articles, failures, _ = read(tmp_path / "empty", tmp_path / "*.nothing")
    assert articles == []
    assert [(failure.article, failure.reason) for failure in failures] == [
        (str(tmp_path / "empty"), "there is no file in it that could be an article"),
        (str(tmp_path / "*.nothing"), "there is no such file, and none that fits it as a pattern"),
    ]


def test_what_is_found_twice_is_read_once_and_is_no_failure_unless_it_was_named_twice(tree: Path) -> None:
    articles, failures, _ = read(tree / "b.md", tree, tree / "*.md", tree)
    assert ([article.id for article in articles], failures) == (["b", "a", "f", "d-1", "c"], [])
    articles, failures, _ = read(tree, tree / "b.md", tree / "b.md")
    assert [failure.reason for failure in failures] == ["it was given twice and was read once"]
    assert len(articles) == 5


def test_directories_have_bounds(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MAX_FILES", 4)
    for source in (tree, tree / "**"):
        assert "more than 4 files to read" in read(source)[1][0].reason
    monkeypatch.setattr(finding, "MAX_ENTRIES", 3)
    for source in (tree, tree / "**"):
        assert "more than 3 files" in read(source)[1][0].reason


def test_links_to_directories_are_not_followed(tree: Path) -> None:
    (tree / "loop").symlink_to(tree)
    (tree / "link.md").symlink_to(tree / "b.md")
    (tree / "lost.md").symlink_to(tree / "nowhere.md")
    articles, [failure], _ = read(tree)
    assert len(articles) == 5
    assert (failure.article, failure.reason) == (f"{tree}/lost.md", "there is no such file")


def test_dates_by_id_path_and_name_go_to_all_that_they_name(tree: Path) -> None:
    lines = write(tree / "wire.jsonl", [PLAIN, PLAIN, PLAIN | {"id": "mill"}])
    published = {"wire.jsonl": "2031-01-01", "wire-2": "2031-02-02", "mill": "2031-03-03", str(tree / "a.txt"): "2030"}
    articles, failures, _ = read(lines, tree, published=published)
    dates = {article.id: article.published for article in articles}
    assert failures == []
    assert {id: dates[id] for id in ("wire-1", "wire-2", "mill", "a", "b")} == {
        "wire-1": "2031-01-01", "wire-2": "2031-02-02", "mill": "2031-03-03", "a": "2030", "b": None,
    }  # fmt: skip
    articles, failures, _ = read(tree / "*.md", published={str(tree / "*.md"): "2031", "other": "2031"})
    assert [article.published for article in articles] == ["2031"]
    assert [failure.article for failure in failures] == ["other"]


@pytest.mark.parametrize("name", ["a\0*b", "a\ud800*", "[", "*" * 300, "**/" * 50 + "x", "[!", "\udcff?"])
def test_patterns_that_cannot_be_are_failures(tmp_path: Path, name: str) -> None:
    articles, [failure], _ = read(f"{tmp_path}/{name}")
    assert articles == []
    assert Failure.model_validate_json(failure.model_dump_json()) == failure


# --- web pages and addresses ---

STORY = "".join(f"<p>{MILL} The council met for the {n}th time and heard the engineers.</p>" for n in range(5, 9))
PAGE = (
    f"<!DOCTYPE html><html lang=en><head><title>Mill fire</title></head><body><h1>Mill fire</h1>{STORY}</body></html>"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", PAGE),
        ("page.txt", PAGE),
        ("page.htm", PAGE.removeprefix("<!DOCTYPE html><html lang=en><head>").replace("</head>", "")),
        ("page.xhtml", '<?xml version="1.0"?>\n' + PAGE),
        ("utf16.html", PAGE.encode("utf-16")),
    ],
)
def test_pages(tmp_path: Path, name: str, content: str | bytes) -> None:
    path = write(tmp_path / name, content)
    [article], failures, notes = read(path, published={name: "2032-09-14"})
    assert (failures, notes) == ([], [f"{path}: web page, 1 article"])
    assert (article.id, article.title, article.published) == (Path(name).stem, "Mill fire", "2032-09-14")
    assert MILL in article.text
    assert "<" not in article.text


def served(*replies: Reply, path: str = "/news/mill.html", **options: Any) -> tuple[Any, ...]:
    with ScriptedServer(*replies) as server:
        address = server.base_url.removesuffix("/v1") + path
        return (address, *read(address, allow_private=True, **options))


@pytest.mark.parametrize(
    ("kind", "body", "reader", "text", "id"),
    [
        ("text/html; charset=utf-8", PAGE, "web page", None, "mill"),
        ("text/html", PAGE.removeprefix("<!DOCTYPE html><html lang=en><head>"), "web page", None, "mill"),
        ("text/plain; charset=iso-8859-1", "Café fermé.".encode("latin-1"), "text", "Café fermé.", "mill"),
        (
            "text/plain; charset=unicode_escape",
            b"The mill \\u0041 is shut.",
            "text",
            "The mill \\u0041 is shut.",
            "mill",
        ),
        ("application/json", json.dumps(NINJS_3), "ninjs", PARAGRAPHS, "mill"),
        ("application/json; charset=utf-8", json.dumps([PLAIN]), "JSON array", MILL, "mill-1"),
        ("application/x-ndjson", json.dumps(PLAIN) + "\n" + json.dumps(PLAIN), "JSONL", MILL, "mill-1"),
    ],
)
def test_addresses(kind: str, body: str | bytes, reader: str, text: str | None, id: str) -> None:
    address, articles, failures, notes = served(Reply(headers={"content-type": kind}, body=body))
    assert failures == []
    assert [note.partition(",")[0] for note in notes] == [f"{address}: {reader}"]
    assert articles[0].id == id
    assert articles[0].text == text if text else MILL in articles[0].text
    if reader in ("web page", "text"):
        assert articles[0].url == address


def test_an_address_is_fetched_once_and_dated_by_itself_or_its_name() -> None:
    reply = Reply(headers={"content-type": "text/html"}, body=PAGE)
    with ScriptedServer(reply, reply) as server:
        address = server.base_url.removesuffix("/v1") + "/news/mill.html"
        articles, [failure], _ = read(address, address, published={address: "2031"}, allow_private=True)
        assert [article.published for article in articles] == ["2031"]
        assert failure.reason == "it was given twice and was read once"
        [article], _, _ = read(Path(address), published={"mill": "2032"}, allow_private=True)
        assert (article.published, article.url, len(server.requests)) == ("2032", address, 2)


def test_private_addresses_are_fetched_only_when_that_is_allowed(model: SyntheticModel) -> None:
    with ScriptedServer(Reply(headers={"content-type": "text/html"}, body=PAGE)) as server:
        address = server.base_url.removesuffix("/v1") + "/mill"
        done = run(model, "story", address, "--format", "json")
        assert (done.exit_code, done.stdout, server.requests) == (2, "", [])
        assert "allow it with --allow-private" in done.stderr
        done = run(model, "story", address, "--allow-private", "-v", "--format", "json")
    assert done.exit_code == 0
    assert [article["url"] for article in json.loads(done.stdout)["articles"]] == [address]
    assert f"{address}: web page, 1 article" in done.stderr


def test_a_password_in_an_address_is_not_repeated() -> None:
    _, [failure], _ = read("https://ida:secret@bell.example/mill")
    assert "secret" not in failure.model_dump_json()


# --- HTML within records ---


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>two</b>.</p><p>Three<br/>four</p>", "One two.\n\nThree\nfour"),
        ("<ul><li>a</li><li>b</li></ul>tail", "a\n\nb\n\ntail"),
        ("<p>5 &lt; 6 &amp; «é» &#x6c34;</p>", "5 < 6 & «é» 水"),
        ("<html><head><title>T</title></head><body><h1>H</h1><p>B</p></body></html>", "H\n\nB"),
        ("<p>a\n  b\t c</p>", "a b c"),
        ("<p>a<!-- no --><?php no ?>b</p>", "ab"),
        ("<p>a\x01b</p>", "ab"),
        ("<p>unclosed <i>words", "unclosed words"),
        ("<p>{{ 7*7 }} <script>x()</script>$(y)</p>", "{{ 7*7 }} $(y)"),
        ("", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert markup_text(markup) == text


def test_markup_that_would_lose_text_is_refused() -> None:
    assert markup_text("<div>" * 1000 + "deep") == "deep"
    with pytest.raises(InputError, match="nested too deeply"):
        markup_text("<div>" * 100_000 + "deep")


def test_markup_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    failure = refusal(tmp_path, SUPERDESK)
    assert "the library that reads it is missing" in failure.reason
    assert failure.hint == "pip install 'summarizer[web]'"
    assert only(tmp_path, NINJS_1).text == PARAGRAPHS


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("https://bell.example/news/mill-fire.html", "mill-fire"),
        ("https://bell.example/2032/09/14/mill-fire/?utm=1#top", "mill-fire"),
        ("https://bell.example/news/123456", "bell.example-123456"),
        ("https://bell.example/", "bell.example"),
        ("https://bell.example/index.html", "bell.example"),
        ("https://bell.example/%D8%AD%D8%B1%D9%8A%D9%82", "حريق"),
        ("https://bell.example/a%2f..%2f%0aetc%00", "etc"),
        ("https://bell.example/a%20b%1b[2J.html", "a-b-2J"),
        ("https://bell.example/" + "x" * 500, "x" * 80),
        ("https://[bad", "page"),
    ],
)
def test_ids_of_addresses(url: str, id: str) -> None:
    assert address_id(url) == id


def test_the_libraries_of_web_pages_are_loaded_for_web_pages_alone(tmp_path: Path) -> None:
    files = [write(tmp_path / "a.txt", MILL), write(tmp_path / "b.jsonl", [PLAIN, NEWS_PLEASE, NINJS_1])]
    code = (
        "import sys\nfrom summarizer import read_articles\narticles, failures = read_articles(sys.argv[1:])\n"
        "assert (len(articles), failures) == (4, []), failures\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, text=True, timeout=60, check=True)
    assert not {"lxml", "trafilatura", "httpx2", "openai"} & set(done.stdout.split())


# --- any input at all ---

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
ANY = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner))
KEYS = st.sampled_from([name for names in WELL_KNOWN.values() for name in names] + list(NINJS_1) + list(NINJS_3))
RECORDS = st.dictionaries(KEYS | st.text(max_size=9), st.just(MILL) | st.just(XHTML) | ANY, max_size=8)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RECORDS | ANY, min_size=2, max_size=6), st.booleans())
def test_each_record_is_one_article_or_one_failure(records: list[object], lines: bool) -> None:
    dumped = [json.dumps(record) for record in records]
    content = "\n".join(['{"text": ""}', *dumped]) if lines else f"[{', '.join(['{}', *dumped])}]"
    articles, failures = read_articles(["-"], stdin=io.BytesIO(content.encode()))
    assert len(articles) + len(failures) == len(records) + 1
    for article in articles:
        assert article.text
        assert Article.model_validate_json(article.model_dump_json()) == article
    for failure in failures:
        assert failure.reason
        assert Failure.model_validate_json(failure.model_dump_json()) == failure


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_the_text_of_a_record_is_its_field_to_the_letter(text: str) -> None:
    text = f"The mill: {text}"
    articles, _ = read_articles(["-"], stdin=io.BytesIO(json.dumps({"content": text}).encode()))
    assert [article.text for article in articles] == [text.replace("\r\n", "\n").replace("\r", "\n")]


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200), st.sampled_from([b"[{", b"{", b'{"text": ', b'[{"text":"a"},', b"<html>", b""]))
def test_no_bytes_raise(raw: bytes, start: bytes) -> None:
    articles, failures = read_articles(["-"], stdin=io.BytesIO(start + raw))
    assert len(articles) + len(failures) >= 1


# --- on the command line ---


@pytest.fixture(scope="module")
def model() -> Iterator[SyntheticModel]:
    with SyntheticModel() as server:
        yield server


def run(model: SyntheticModel, *arguments: str, **options: Any) -> Result:
    env = {**os.environ, "OPENAI_BASE_URL": model.base_url, "SUMMARIZER_CACHE": "0"}
    return CliRunner().invoke(app, list(arguments), env=env, **options)


def test_a_story_from_exports(model: SyntheticModel, tmp_path: Path) -> None:
    lines = write(tmp_path / "wire.jsonl", [{"id": "bell", "inhalt": MILL, "title": "Mill fire"}, {"id": "x"}])
    item = write(tmp_path / "lamp.json", NINJS_3 | {"bodies": [{"value": MILL.replace("6", "8")}]})
    options = ["--field", "text=inhalt", "--published", "bell=2032-09-14", "--format", "json"]
    done = run(model, "story", lines, "-v", *options)
    assert done.exit_code == 1
    story = json.loads(done.stdout)
    [article] = story["articles"]
    assert (article["id"], article["published"], article["text"]) == ("bell", "2032-09-14", MILL)
    assert [failure["article"] for failure in story["failures"]] == [f"{lines}, line 2"]
    assert f"{lines}: JSONL, 1 article" in done.stderr.splitlines()
    done = run(model, "story", lines, item, "--format", "json")
    assert [article["id"] for article in json.loads(done.stdout)["articles"]] == ["lamp"]
    quotes = [
        evidence
        for part in ("disagreements", "agreements", "single_source")
        for entry in json.loads(done.stdout)[part]
        for position in entry["positions"]
        for evidence in position["evidence"]
    ]
    text = MILL.replace("6", "8")
    assert quotes
    assert all(text[quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)


def test_thousands_of_failures_for_one_reason_are_not_told_one_by_one(model: SyntheticModel, tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl", [{"artikel": MILL}] * 500)
    done = run(model, "story", path)
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert len(lines) < 30
    assert "failed: 490 more like these: it holds no text: none of its fields has a name known for it" in lines
    assert "500 failed, 0 incomplete" in lines


def test_readers_are_told_with_v_alone(model: SyntheticModel, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", MILL)
    for options, expected in (([], False), (["-v"], True), (["-v", "-q"], False)):
        assert (f"{path}: text, 1 article" in run(model, "story", path, *options).stderr) == expected


def test_one_object_for_one_article_in_one_file(model: SyntheticModel, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    one = write(tmp_path / "news" / "one.json", PLAIN)
    two = write(tmp_path / "two.jsonl", [PLAIN, PLAIN])
    shapes = {}
    for name, source in {
        "file": one,
        "lines": two,
        "folder": f"{tmp_path}/news",
        "pattern": f"{tmp_path}/n*/*",
    }.items():
        shapes[name] = type(json.loads(run(model, "summarize", source, "--format", "json").stdout))
    assert shapes == {"file": dict, "lines": list, "folder": list, "pattern": list}


def test_results_are_not_written_over_what_a_directory_holds(model: SyntheticModel, tmp_path: Path) -> None:
    path = write(tmp_path / "one.json", PLAIN)
    for arguments in (["summarize", str(tmp_path), "-o", f"{tmp_path}/"], ["story", str(tmp_path), "-o", path],
                      ["story", f"{tmp_path}/*.json", "-o", path]):  # fmt: skip
        done = run(model, *arguments)
        assert (done.exit_code, "would overwrite" in done.stderr) == (2, True)
    assert json.loads(Path(path).read_text()) == PLAIN


@pytest.mark.parametrize(
    ("options", "said", "hint"),
    [
        (["--field", "text"], "--field text is not NAME=COLUMN", "text=article_body"),
        (["--field", "body=x"], "--field: there is no field 'body' to fill", "text, title, outlet"),
        (["--field", "text=a", "--field", "text=b"], "two columns for text: a and b", "give one"),
        (["--published", "wire-3=2032"], "wire-3=2032 names none of the inputs", "wire.jsonl, wire-1, wire-2"),
    ],
)
def test_wrong_options_are_2_before_anything_is_asked(
    model: SyntheticModel, tmp_path: Path, options: list[str], said: str, hint: str
) -> None:
    path, before = write(tmp_path / "wire.jsonl", [PLAIN, PLAIN]), len(model.requests)
    done = run(model, "story", path, *options)
    assert (done.exit_code, done.stdout, len(model.requests)) == (2, "", before)
    assert said in done.stderr
    assert hint in done.stderr
