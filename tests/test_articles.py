"""Reading articles: texts, encodings, front matter, titles, languages, ids, and every bad input as a failure."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import schemas
from summarizer.articles import MAX_BYTES, Article, detect_language, read_articles
from summarizer.errors import InputError
from summarizer.schemas import Failure

STORIES = {
    "cs": "Město oznámilo, že starý mlýn zůstane zavřený až do jara. Starosta řekl, že střecha potřebuje opravu.",
    "fr": "La municipalité a annoncé que le vieux moulin, fermé depuis l'été, sera rénové dès l'année prochaine. "
    "« C'est une très bonne nouvelle », a déclaré la maire, qui s'est rendue sur place à l'aube.",
    "de": "Die Behörden teilten mit, dass die Mühle für mehrere Monate geschlossen bleibt. Über die Gründe wollte der "
    "Bürgermeister zunächst nichts sagen, später hieß es, das Dach müsse überprüft werden.",
    "ru": "Городские власти сообщили, что старая мельница будет закрыта до весны. По словам мэра, крышу нужно "
    "отремонтировать, а реку очистить.",
    "ja": "市の当局によると、古い水車小屋は春まで閉鎖される。市長は「屋根の修理が必要だ」と述べた。",
    "zh": "市政府表示，旧磨坊将关闭到明年春天。市长说屋顶需要修理，河道也需要清理，希望居民理解。",
    "ar": "قالت السلطات المحلية إن الطاحونة القديمة ستبقى مغلقة حتى الربيع وإن السقف يحتاج إلى إصلاح",
    "ko": "시 당국은 오래된 물레방아가 봄까지 문을 닫는다고 밝혔다. 시장은 지붕을 고쳐야 한다고 말했다.",
    "en": "The town said the old mill would stay shut until spring. The mayor told reporters that its roof must be "
    "mended first.",
}
"""One short text in each language."""


def read(*sources: str | Path, **arguments: Any) -> tuple[list[Article], list[Failure]]:
    return read_articles(sources, stdin=arguments.pop("stdin", None), **arguments)


def failure_of(source: str | Path, **arguments: Any) -> Failure:
    articles, failures = read(source, **arguments)
    assert articles == []
    assert len(failures) == 1
    assert failures[0].stage == "read"
    return failures[0]


# Texts


def test_a_plain_file_is_read_as_pathlib_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "mill.txt"
    path.write_bytes("  Title\r\n\r\nÉté 😀\rlast  \n".encode())
    article = Article.from_path(path)
    assert article.text == path.read_text(encoding="utf-8") == "  Title\n\nÉté 😀\nlast  \n"
    assert (article.id, article.title, article.published, article.outlet) == ("mill", "Title", None, None)


def test_an_article_is_a_record_of_the_schemas() -> None:
    article = Article.from_text(STORIES["en"], id="a", outlet="The Reed", url="https://example.org/a")
    assert schemas.Article.model_validate_json(article.model_dump_json()) == schemas.Article(**article.model_dump())
    assert (article.text, article.language, article.title) == (STORIES["en"], "en", None)


def test_from_text_takes_what_it_is_given() -> None:
    article = Article.from_text("# Kept\n\nBody", id="a", title="Mine", language="pt_br", published="2031-04-05")
    assert (article.title, article.language, article.published) == ("Mine", "pt-BR", "2031-04-05")
    assert article.text == "# Kept\n\nBody"
    assert article.byline is None
    assert Article.from_text("Body", id="a", byline="By Ida Crane").byline == "By Ida Crane"


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        (" \n", {}, "no text"),
        ("a\ud800b", {}, "surrogates"),
        ("Body", {"published": "soon"}, "soon"),
        ("Body", {"language": "French"}, "BCP 47"),
    ],
)
def test_from_text_says_what_is_wrong(text: str, arguments: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        Article.from_text(text, id="a7", **arguments)
    assert caught.value.article == "a7"


def test_a_long_article_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(("漢字" * 50 + "。\n") * 2000, encoding="utf-8")
    assert len(Article.from_path(path).text) > 200_000


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("language", STORIES)
def test_unicode_encodings_are_read(tmp_path: Path, language: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(STORIES[language].encode(encoding))
    assert Article.from_path(path).text == STORIES[language]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["en", "fr", "ru", "ar"])
def test_utf_16_without_mark_is_recognised(tmp_path: Path, language: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(STORIES[language].encode(encoding))
    assert Article.from_path(path).text == STORIES[language]


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("fr", "cp1252"),
        ("de", "latin-1"),
        ("cs", "cp1250"),
        ("cs", "iso8859_2"),
        ("ru", "cp1251"),
        ("ru", "koi8-r"),
        ("ja", "shift_jis"),
        ("ja", "euc-jp"),
        ("ja", "iso2022_jp"),
        ("zh", "gb18030"),
        ("ko", "euc-kr"),
        ("ar", "cp1256"),
    ],
)
def test_legacy_encodings_are_recognised(tmp_path: Path, language: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(STORIES[language].encode(encoding))
    assert Article.from_path(path).text == STORIES[language]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "white space"),
        ("\ufeff\u200b\u3000".encode(), "white space"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"{\\rtf1 x}", "RTF"),
        (b"<!DOCTYPE html><p>x", "no article is found in it"),
        (b'{"title": "Mill"}', "it holds no text"),
        (b"ab\0cd\0\0\0", "zero bytes"),
        (bytes(range(1, 32)) * 9, "binary"),
        (bytes(range(256)) * 9, "zero bytes"),
        (b"\xff\xfea\0b", "damaged"),
        (STORIES["fr"].encode() + b"\xe9 x", "damaged at byte"),
        ("日本の市長".encode()[:-1], "damaged at byte"),
        (b"lone \xed\xa0\x80 half", "surrogate"),
        ("Café".encode("latin-1"), "encoding is un"),
        (bytes(range(128, 256)) * 9, "encoding is un"),
        (b"x" * (MAX_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_text_is_a_failure(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    failure = failure_of(path)
    assert words in failure.reason
    assert failure.hint
    assert failure.article == str(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_no_bytes_raise(raw: bytes) -> None:
    articles, failures = read("-", stdin=io.BytesIO(raw))
    assert len(articles) + len(failures) == 1


# Front matter and title


def with_header(tmp_path: Path, header: str, body: str = "The mill is shut.") -> Path:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{header}\n---\n\n{body}\n\n", encoding="utf-8")
    return path


def test_front_matter_is_taken_off_the_text(tmp_path: Path) -> None:
    header = "title: 'Mill: shut'\noutlet: The Reed\nPublished: 5 April 2031\nlanguage: zh-hant"
    header += "\nurl: https://example.org\ntags: []"
    article = Article.from_path(with_header(tmp_path, header, "# Other\n\nThe mill is shut.\n---\nMore."))
    assert article.text == "# Other\n\nThe mill is shut.\n---\nMore."
    assert (article.title, article.outlet, article.published) == ("Mill: shut", "The Reed", "2031-04-05")
    assert (article.language, article.url) == ("zh-Hant", "https://example.org")


@pytest.mark.parametrize(
    ("header", "byline"),
    [
        ("byline: Ida Crane", "Ida Crane"),
        ("Author: By Ida Crane", "Ida Crane"),
        ("authors: [Ida Crane, 'Tom Reed <tom@reed.example>', The Reed]\noutlet: The Reed", "Ida Crane; Tom Reed"),
        ("author: {name: Ida Crane, url: https://reed.example/ida}", "Ida Crane"),
        ("byline:\nauthor: 5\nauthors: [Ida Crane]", "Ida Crane"),
        ("author: The Reed\noutlet: The Reed", None),
        ("author: true", None),
        ("author: [[[[[[a]]]]]]", None),
        ("title: Mill", None),
    ],
)
def test_front_matter_says_who_wrote_it(tmp_path: Path, header: str, byline: str | None) -> None:
    article = Article.from_path(with_header(tmp_path, header))
    assert (article.byline, article.text) == (byline, "The mill is shut.")


@pytest.mark.parametrize("value", ["2031-04-05", "'2031-04-05'", "2031-04-05 23:30:00 +09:00", "2031-04-05T01:00:00Z"])
def test_yaml_dates_become_days(tmp_path: Path, value: str) -> None:
    assert Article.from_path(with_header(tmp_path, f"published: {value}")).published == "2031-04-05"


def test_norwegians_tag_is_no_boolean(tmp_path: Path) -> None:
    assert Article.from_path(with_header(tmp_path, "language: no")).language == "no"


def test_the_argument_goes_before_the_front_matter(tmp_path: Path) -> None:
    path = with_header(tmp_path, "published: 2031-04-05")
    assert Article.from_path(path, id="b", published="2030-01-02").published == "2030-01-02"
    assert Article.from_path(path, id="b").id == "b"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("title: [a", "not valid YAML"),
        ("title: a: b", "not valid YAML"),
        ("title: 5", "title"),
        ("outlet: [a, b]", "outlet"),
        ("url: {a: b}", "url"),
        ("published: soon", "published"),
        ("published: 2031-13-45", "front matter"),
        ("published: [2031]", "published"),
        ("language: Klingon", "language"),
        ("title: !!python/object/apply:os.getcwd []", "not valid YAML"),
    ],
)
def test_broken_front_matter_is_a_failure(tmp_path: Path, header: str, words: str) -> None:
    failure = failure_of(with_header(tmp_path, header))
    assert words in failure.reason
    assert failure.hint


def test_unclosed_front_matter_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Mill\noutlet: The Reed\n\nThe mill is shut.")
    assert "not closed" in failure_of(path).reason


def test_front_matter_without_a_text_is_a_failure(tmp_path: Path) -> None:
    assert "no text" in failure_of(with_header(tmp_path, "title: Mill", " ")).reason


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe mill is shut.\n\nNobody knows why.",
        "---\nThe mill is shut.\n---\nNobody knows why.",
        "---\nREEDHAM: the mill is shut, the mayor said: for good.\n---\nMore.",
        "---\nREEDHAM: shut\n---\nMore.",
        "----\ntitle: x\n----\nMore.",
        "--- a dash\nMore.",
    ],
)
def test_a_rule_is_no_front_matter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text)
    assert Article.from_path(path).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n## Mill shut ##\nBody.", "Mill shut"),
        ("Mill shut\n\nBody.", "Mill shut"),
        ("Mill shut\n \nBody.", "Mill shut"),
        ("The mill is shut.\n\nBody.", None),
        ("Il a dit «non.»\n\nBody.", None),
        ("磨坊关闭。\n\n正文。", None),
        ("Mill shut\nBody goes on", None),
        ("Mill shut", None),
        ("Mill shut\n\n ", None),
        ("M" * 121 + "\n\nBody.", None),
        ("***\n\nBody.", None),
    ],
)
def test_the_title_is_a_heading_or_a_short_first_line(text: str, title: str | None) -> None:
    assert Article.from_text(text, id="a").title == title


# Language


@pytest.mark.parametrize("language", STORIES)
def test_the_language_is_detected(language: str) -> None:
    assert detect_language(STORIES[language]) == language
    assert detect_language(STORIES[language].upper()) == language


@pytest.mark.parametrize("text", ["", "OK", "12 345", "Yes. No.", "??? !!!", "水"])
def test_the_language_of_next_to_nothing_is_unknown(text: str) -> None:
    assert detect_language(text) is None


# Many inputs


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    result = {}
    for name in ("x/report.txt", "y/report.md", "z/report-2.txt", "w/report.txt"):
        result[name] = tmp_path / name
        result[name].parent.mkdir()
        result[name].write_text(f"Story of {name}.")
    return result


def test_ids_are_stems_made_unique_in_order(files: dict[str, Path]) -> None:
    articles, failures = read(*files.values())
    assert [article.id for article in articles] == ["report", "report-3", "report-2", "report-4"]
    assert [article.text for article in articles] == [f"Story of {name}." for name in files]
    assert failures == []


def test_one_bad_input_does_not_stop_the_others(files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    inputs = [tmp_path / "absent.txt", files["x/report.txt"], tmp_path / "empty", files["z/report-2.txt"]]
    articles, failures = read(*inputs)
    assert [article.id for article in articles] == ["report", "report-2"]
    assert [(failure.article, failure.reason) for failure in failures] == [
        (str(tmp_path / "absent.txt"), "there is no such file"),
        (str(tmp_path / "empty"), "there is no file in it that could be an article"),
    ]


def test_a_file_given_twice_is_read_once(files: dict[str, Path], tmp_path: Path) -> None:
    path = files["x/report.txt"]
    (tmp_path / "link.txt").symlink_to(path)
    articles, failures = read(path, path.parent / ".." / "x" / path.name, tmp_path / "link.txt")
    assert [article.id for article in articles] == ["report"]
    assert [failure.reason for failure in failures] == ["it was given twice and was read once"] * 2


def test_published_by_path_id_and_name(files: dict[str, Path]) -> None:
    published = {
        str(files["x/report.txt"]): "2031-01-01",
        "report-2": "2031-02-02",
        "report.md": "2031-03-03",
        "nowhere.txt": "2031-04-04",
    }
    articles, failures = read(*files.values(), published=published)
    assert [article.published for article in articles] == ["2031-01-01", "2031-03-03", "2031-02-02", None]
    assert [failure.article for failure in failures] == ["nowhere.txt"]


def test_a_wrong_date_given_for_a_file_is_a_failure(files: dict[str, Path]) -> None:
    assert "soon" in failure_of(files["x/report.txt"], published={"report": "soon"}).reason


@pytest.mark.parametrize(
    "stream", [io.BytesIO(b"The mill."), io.StringIO("The mill."), io.TextIOWrapper(io.BytesIO(b"The mill."))]
)
def test_standard_input(stream: Any) -> None:
    articles, failures = read("-", "-", stdin=stream)
    assert [(article.id, article.text) for article in articles] == [("stdin", "The mill.")]
    assert [failure.article for failure in failures] == ["-"]


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        (None, "no standard input"),
        (io.BytesIO(b""), "empty"),
        (io.BytesIO(b"x" * (MAX_BYTES + 1)), "too large"),
        (io.StringIO("a\ud800"), "not text"),
    ],
)
def test_bad_standard_input_is_a_failure(stream: Any, words: str) -> None:
    assert words in failure_of("-", stdin=stream).reason


def test_closed_standard_input_is_a_failure() -> None:
    stream = io.BytesIO(b"x")
    stream.close()
    assert "cannot be read" in failure_of("-", stdin=stream).reason


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.txt", "HTTP://127.0.0.1", Path("http://127.0.0.1/a")])
def test_private_addresses_are_failures_with_a_hint(url: str | Path) -> None:
    assert "--allow-private" in str(failure_of(url).hint)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "a\ud800b", "", "absent/"])
def test_names_that_no_file_can_have_are_failures(name: str) -> None:
    failure = failure_of(name)
    assert Failure.model_validate_json(failure.model_dump_json()) == failure


def test_a_file_name_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("The mill is shut.")
    articles, _ = read(path)
    assert articles[0].id == "caf\ufffd"
    assert articles[0].model_dump_json()


def test_a_symlink_loop_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert "leads back to itself" in failure_of(tmp_path / "a.txt").reason


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in failure_of(tmp_path / "pipe.txt").reason


def test_a_size_is_checked_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.truncate(3 * 10**12)
    assert "3,000,000.0 MB" in failure_of(path).reason


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A file that this process may not read, even where the tests run as root."""
    path = tmp_path / "locked.txt"
    path.write_text("The mill is shut.")
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        try:
            os.seteuid(65534)
        except OSError:  # a user namespace of its own maps no other user
            pytest.skip("root here, and no other user to become")
    yield path
    if root:
        os.seteuid(0)


def test_a_file_without_permission_is_a_failure(locked: Path) -> None:
    assert "permission denied" in failure_of(locked).reason


def test_from_path_raises_for_its_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as caught:
        Article.from_path(tmp_path / "absent.txt")
    assert caught.value.article == str(tmp_path / "absent.txt")
    assert caught.value.hint
