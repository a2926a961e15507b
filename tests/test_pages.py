"""Web pages to articles: saved pages with all that they must give, pages without an article, and hostile ones."""

import codecs
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from summarizer.articles import Article
from summarizer.articles.decoding import MAX_PAGE_BYTES
from summarizer.articles.page import page_article
from summarizer.errors import InputError

PAGES = Path(__file__).parent / "data" / "pages"
NEWS = [
    "The council of Quill met on Monday and said that the old mill would stay shut until the spring.",
    "Its roof must be mended first, the mayor told reporters, and the money for that has not been found.",
    "A count by the millers’ guild put the cost at 48,000 crowns, twice what the town had set aside for it.",
    "Until then the grain of the valley goes to Holm, where the mill works by night as well.",
]


@dataclass(frozen=True)
class Expected:
    """What a saved page gives beside its text (that is in the .txt); `url` goes in, `canonical` comes out."""

    title: str
    outlet: str | None
    published: str | None
    language: str
    url: str | None = None
    canonical: str | None = None
    byline: str | None = None


ARTICLES = {
    "plain-en": Expected(
        "Lock gate fails at Tarrow, flooding two streets",
        "The Tarrow Ledger",
        "2031-03-04",
        "en-GB",
        "https://ledger.example.org/2031/03/lock-gate-fails?from=front#top",
        "https://ledger.example.org/2031/03/lock-gate-fails",
        "Orla Fenwick",
    ),
    "jsonld-fr": Expected(
        "Éboulement de Valmorin : la route rouverte après trois jours",
        "L’Écho du Val",
        "2029-10-17",
        "fr",
        "https://www.echo-du-val.example.org/x/41?utm_source=letter",
        "https://www.echo-du-val.example.org/actualites/eboulement-valmorin",
        "Solène Barrat",
    ),
    "rtl-ar": Expected(
        "إعادة فتح جسر وادي السرو بعد إصلاحه",
        "مرآة الوادي",
        "2030-06-02",
        "ar",
        None,
        "https://mirat.example.org/2030/06/02/bridge",
    ),
    "news-zh": Expected(
        "青柳镇水库泄洪 三百余人转移",
        "河湾日报",
        "2028-07-19",
        "zh-Hans",
        "https://hewan.example.org/2028/0719.html",
        "https://hewan.example.org/2028/0719.html",
    ),
    "legacy-ru": Expected(
        "В Старой Пристани закрыли паромную переправу",
        "pristan.example.org",
        None,
        "ru",
        "http://www.pristan.example.org/news.php?id=7",
        "http://www.pristan.example.org/news.php?id=7",
    ),
    "furniture-en": Expected("Bakers of Holm strike over night work", "Holm Courier", "2027-02-11", "en", None, None),
    "hostile": Expected(
        "<script>alert(1)</script> {{ 7*7 }} wins [31mthe vote", "=cmd|' /C calc'!A0", "2030-09-01", "en", None, None
    ),
}
NONE = {
    "paywall": "open part of an article that is for subscribers",
    "consent": "wants an answer",
    "video": "a film or a recording",
    "index": "index of other pages: 8 of its headings",
    "shell": "a script fills",
    "login": "asks for a password",
    "missing": "only 32 letters of text: perhaps an error page",
}


def made(*paragraphs: str, head: str = "", lang: str = "en", body: str = "") -> bytes:
    """A page of one article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or NEWS)
    page = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}'
    return f"{page}<article><h1>Mill stays shut</h1>{text}</article></body></html>".encode()


def ld(**values: Any) -> str:
    """A NewsArticle in JSON-LD."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return (
        f'<script type="application/ld+json">{json.dumps({k.replace("at_", "@"): v for k, v in node.items()})}</script>'
    )


def read(raw: bytes, **arguments: Any) -> Article:
    return page_article(raw, id="page", **arguments)


def refusal(raw: bytes, **arguments: Any) -> InputError:
    """The error that a page ends in; it always says which input, and what to do next."""
    with pytest.raises(InputError) as caught:
        read(raw, **arguments)
    assert caught.value.article == "page"
    assert caught.value.hint
    return caught.value


# Saved pages


@pytest.mark.parametrize("name", ARTICLES)
def test_a_saved_page_gives_its_article_and_nothing_else(name: str) -> None:
    expected = ARTICLES[name]
    article = read((PAGES / f"{name}.html").read_bytes(), url=expected.url)
    assert article.text == (PAGES / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
    assert (article.title, article.outlet, article.published) == (expected.title, expected.outlet, expected.published)
    assert (article.language, article.url) == (expected.language, expected.canonical)
    assert article.byline == expected.byline
    assert article.id == "page"


@pytest.mark.parametrize("name", NONE)
def test_a_page_without_an_article_says_what_it_looks_like(name: str) -> None:
    assert NONE[name] in refusal((PAGES / f"{name}.html").read_bytes()).message


def test_every_saved_page_is_tested() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == {*ARTICLES, *NONE}


# Bylines

WRITERS = ["Ida Crane", *(f"Writer {n}" + "x" * 90 for n in range(9))]
SITE = '<meta property="og:site_name" content="The Bell">'


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        (ld(author="Ida Crane"), "Ida Crane"),
        (ld(author={"@type": "Person", "name": "Ida Crane"}), "Ida Crane"),
        (ld(author={"@type": "Organization", "name": "Fjord Wire"}), "Fjord Wire"),
        (ld(author=[{"@type": "Person", "name": "Ida Crane"}, "By Tom Reed", "ida crane"]), "Ida Crane; Tom Reed"),
        (ld(author={"@id": "#i"}) + ld(at_type="Person", at_id="#i", name="Ida Crane"), "Ida Crane"),
        (ld(author={"@type": "Person", "name": ["Ida Crane", "Tom Reed"]}), "Ida Crane; Tom Reed"),
        (ld(author="Von Ida Crane (ida@bell.example)"), "Ida Crane"),
        (ld(author="Ida Crane &amp; Tom&#8238;Reed\u202e"), "Ida Crane & TomReed"),
        (ld(author=["The Bell", "https://bell.example/ida", "bell.example", "admin", 5, None, {}]), None),
        (ld(author="The Bell") + '<meta name="author" content="Ida Crane">', "Ida Crane"),
        (ld(author="Ida Crane") + '<meta name="author" content="Webmaster">', "Ida Crane"),
        (ld(author="x" * 300), None),
        (ld(author=WRITERS), "; ".join(WRITERS[:5])),
        (ld(at_type="WebSite", author="Ida Crane"), None),
        ('<meta name="author" content="Ida Crane"><meta name="author" content="Tom Reed">', "Ida Crane; Tom Reed"),
        ('<meta property="article:author" content="Ida Crane">', "Ida Crane"),
        ('<meta property="article:author" content="https://faces.example/ida">', None),
        ('<meta name="author" content="The Bell">', None),
        ('<meta name="DC.creator" content="Ida Crane">', "Ida Crane"),
        ("", None),
    ],
)
def test_the_byline_is_who_the_page_says_wrote_it(head: str, byline: str | None) -> None:
    article = read(made(head=SITE + head))
    assert article.byline == byline
    assert article.text == "\n\n".join(NEWS)


def test_of_several_articles_on_a_page_only_its_own_names_a_writer() -> None:
    others = "".join(ld(headline=f"Story {n}", author=f"Writer Number{n}") for n in range(3))
    assert read(made(head=others)).byline is None
    assert read(made(head=others + ld(headline="Mill stays shut", author="Ida Crane"))).byline == "Ida Crane"


# Dates


def test_the_users_date_goes_first() -> None:
    assert read(made(head=ld(datePublished="2030-01-05")), published="4 January 2030").published == "2030-01-04"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (ld(datePublished="2030-01-05T23:50:00-06:00"), "2030-01-05"),
        (ld(datePublished="2030-01-05", dateModified="2030-02-01"), "2030-01-05"),
        (ld(dateModified="2030-02-01"), None),
        ('<meta property="article:modified_time" content="2020-02-01T10:00:00Z">', None),
        ('<meta name="last-modified" content="2020-02-01">', None),
        ('<meta property="og:updated_time" content="2020-02-01T10:00:00Z">', None),
        ('<meta http-equiv="last-modified" content="2020-02-01">', None),
        ('<meta itemprop="datePublished" content="2030-01-05">', "2030-01-05"),
        ('<meta name="DC.date.issued" content="2030-01-05">', "2030-01-05"),
        ('<meta name="parsely-pub-date" content="2030-01-05T00:00:00Z">', "2030-01-05"),
        (ld(datePublished="0001-01-01T00:00:00"), None),
        (ld(datePublished="1970-01-01T00:00:00Z"), None),
        (ld(datePublished="yesterday"), None),
        (ld(datePublished=["2030-01-05"]), None),
        (ld(datePublished={"@value": "2030-01-05"}), None),
        (ld(datePublished="03/04/2030"), None),
        (ld(datePublished="5 janvier 2030"), "2030-01-05"),
        (ld(at_graph=1) + ld(at_type="WebPage", datePublished="2030-01-09"), None),
    ],
)
def test_only_a_date_of_publication_is_taken(head: str, day: str | None) -> None:
    assert read(made(head=head)).published == day


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<time datetime="2030-01-05T08:00:00Z" itemprop="datePublished">5 January</time>', "2030-01-05"),
        ('<time datetime="2030-02-01" itemprop="dateModified">1 February</time>', None),
        ('<time datetime="2030-02-01" class="updated">1 February</time>', None),
        ('<aside><time datetime="2029-12-24">Other story</time></aside>', None),
        ("<footer>Copyright 2019</footer>", None),
    ],
)
def test_elements_of_time_are_read_outside_of_furniture(body: str, day: str | None) -> None:
    assert read(made(body=body)).published == day


def test_a_day_in_the_address_is_a_date() -> None:
    assert read(made(), url="https://quill.example/2030/01/05/mill").published == "2030-01-05"


# Title, outlet, address, language


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (
            '<meta property="og:site_name" content="The Reed">' + ld(publisher={"name": "Reed Media Holding"}),
            "The Reed",
        ),
        (ld(publisher={"at": 1, "name": "The Reed"}), "The Reed"),
        (ld(publisher=[{"name": "The Reed"}, {"name": "Other"}]), "The Reed"),
        (ld(publisher="The Reed"), "The Reed"),
        ('<meta property="article:publisher" content="https://social.example/thereed">', "quill.example"),
        ('<meta name="twitter:site" content="@thereed">', "Thereed"),
        ('<meta property="og:site_name" content="https://quill.example">', "quill.example"),
        (ld(publisher={"name": ["x", 5]}), "x"),
        (ld(publisher={"name": {"a": 1}}), "quill.example"),
        (ld(publisher={"name": "The\u202e\x1b[31m Reed &amp; \ud800Co"}), "The[31m Reed & Co"),
        ('<meta property="og:site_name" content="The&#x202e; &#27;Reed">', "The Reed"),
        ("", "quill.example"),
    ],
)
def test_the_outlet_is_the_sites_name_or_its_host(head: str, outlet: str) -> None:
    assert read(made(head=head), url="https://www.quill.example/mill").outlet == outlet


@pytest.mark.parametrize(
    "title", ["Mill stays shut | The Reed", "The Reed: Mill stays shut", "Mill stays shut – the reed"]
)
def test_the_outlet_is_no_part_of_the_title(title: str) -> None:
    head = f'<meta property="og:site_name" content="The Reed"><meta property="og:title" content="{title}">'
    assert read(made(head=head)).title == "Mill stays shut"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/mill", "https://quill.example/mill"),
        ("https://www.quill.example/mill", "https://www.quill.example/mill"),
        ("https://quill.example/", "https://quill.example/a?b=1"),
        ("https://other.example/mill", "https://quill.example/a?b=1"),
        ("https://reader:word@quill.example/mill", "https://quill.example/a?b=1"),
        ("javascript:alert(1)", "https://quill.example/a?b=1"),
        ("file:///etc/passwd", "https://quill.example/a?b=1"),
        ("http://[", "https://quill.example/a?b=1"),
        ("", "https://quill.example/a?b=1"),
        ("/" + "a" * 5000, "https://quill.example/a?b=1"),
    ],
)
def test_the_canonical_address_is_one_of_the_same_site(link: str, url: str) -> None:
    head = f'<link rel="canonical" href="{link}">'
    assert read(made(head=head), url="https://quill.example/a?b=1").url == url


def test_an_address_that_is_none_does_no_harm() -> None:
    article = read(made(), url="http://[")
    assert (article.outlet, article.text) == (None, "\n\n".join(NEWS))


FRENCH = [
    "La municipalité a annoncé lundi que le vieux moulin, fermé depuis l’été, serait rénové dès l’année prochaine.",
    "« C’est une très bonne nouvelle pour le quartier », a déclaré la maire, qui s’est rendue sur place à l’aube.",
    "Les travaux coûteraient 48 000 couronnes, selon la guilde des meuniers, soit le double de la somme prévue.",
]


@pytest.mark.parametrize(
    ("paragraphs", "lang", "language"),
    [
        (FRENCH, "fr-CA", "fr-CA"),
        (FRENCH, "en", "fr"),
        (FRENCH, "", "fr"),
        (FRENCH, "fr_BE", "fr-BE"),
        (FRENCH, "&lt;x&gt; y", "fr"),
        (FRENCH, "gsw", "gsw"),
        ([FRENCH[0] + " Le toit serait réparé au printemps prochain, dit-elle."], "en", "en"),
    ],
)
def test_the_language_is_the_declared_one_unless_the_text_says_otherwise(
    paragraphs: list[str], lang: str, language: str
) -> None:
    assert read(made(*paragraphs, lang=lang, head=ld(headline="x"))).language == language


# Text


def test_joiners_of_persian_are_kept() -> None:
    told = "شهرداری گفت که آسیاب قدیمی تا بهار بسته می\u200cماند و خبرنگاران می\u200cتوانند از آن دیدن کنند. " * 3
    assert read(made(told, lang="fa", head=ld())).text == told.strip()


def test_nothing_repeated_in_another_article_is_lost() -> None:
    texts = [read(made()).text for _ in range(4)]
    assert texts == ["\n\n".join(NEWS)] * 4


def test_short_news_are_articles_where_the_page_says_so() -> None:
    short = "The mill of Quill stays shut until spring, the council said on Monday. Its roof must be mended first, and "
    short += "that costs 48,000 crowns, the millers’ guild of the valley said."
    assert read(made(short, head='<meta property="og:type" content="article">')).text == short
    assert "perhaps an error page" in refusal(made(short)).message
    teaser = made("The mill of Quill stays shut.", head='<meta property="og:type" content="article">')
    assert "perhaps an error page" in refusal(teaser).message


def test_text_for_programs_stands_in_where_a_script_would_show_it() -> None:
    head = ld(headline="Mill stays shut", articleBody="\n".join(NEWS))
    page = f"<html lang=en><head>{head}<script src=x></script></head><body><div id=root></div></body></html>"
    article = read(page.encode())
    assert (article.text, article.title) == ("\n\n".join(NEWS), "Mill stays shut")


def test_a_page_for_subscribers_that_shows_all_of_it_is_read() -> None:
    long = [f"{number}: {paragraph}" for number in range(6) for paragraph in NEWS]
    assert read(made(*long, head=ld(isAccessibleForFree=False))).text == "\n\n".join(long)
    for head in (ld(isAccessibleForFree=False), ld(isAccessibleForFree="http://schema.org/False"), ld(wordCount="900")):
        assert "for subscribers" in refusal(made(head=head)).message
    tier = '<meta property="og:type" content="article"><meta property="article:content_tier" content="locked">'
    assert "for subscribers" in refusal(made(head=tier)).message
    assert read(made(head=ld(wordCount=60, isAccessibleForFree="true"))).text == "\n\n".join(NEWS)


def test_a_film_beside_an_article_is_no_film_page() -> None:
    film = {"body": "<video src=x controls></video>", "head": '<meta property="og:type" content="video.other">'}
    assert "a film" in refusal(made(**film)).message
    long = [f"{number}: {paragraph}" for number in range(3) for paragraph in NEWS]
    assert read(made(*long, **film)).text == "\n\n".join(long)


def test_an_article_with_many_links_to_others_is_no_index() -> None:
    more = "".join(f'<h3><a href="/{number}">Another story of the town</a></h3>' for number in range(30))
    page = made(head=ld(headline="Mill stays shut")).replace(b"</article>", f"</article><div>{more}</div>".encode())
    assert read(page).text.startswith(NEWS[0])


def test_a_form_around_the_whole_page_is_no_question() -> None:
    def inside(form: str, *paragraphs: str) -> bytes:
        page = made(*paragraphs).replace(b"<article>", f"<form>{form}<article>".encode())
        return page.replace(b"</article>", b"</article><button>Search</button></form>")

    two = "<button>Log in</button>"
    assert read(inside("")).text == "\n\n".join(NEWS)
    assert "wants an answer" in refusal(inside(two)).message
    assert read(inside(two + '<input type="hidden" name="__VIEWSTATE" value="x">')).text == "\n\n".join(NEWS)
    long = [f"{number}: {paragraph}" for number in range(12) for paragraph in NEWS]
    assert read(inside(two, *long)).text == "\n\n".join(long)


def test_a_page_that_sends_on_is_told() -> None:
    page = b'<html><head><meta http-equiv="refresh" content="0; url=/next"></head><body>Wait</body></html>'
    assert "on to another page" in refusal(page).message


def test_a_dialog_instead_of_a_page_wants_an_answer() -> None:
    dialog = f'<div role="dialog"><p>{FRENCH[0]}</p><p>{FRENCH[1]}</p><p>{FRENCH[2]}</p></div>'
    page = f"<html><body>{dialog}<p>Le Roseau</p></body></html>"
    assert "wants an answer" in refusal(page.encode()).message
    assert read(made(body=dialog * 5)).text == "\n\n".join(NEWS)


def test_what_is_not_shown_is_not_read() -> None:
    hidden = f'<p hidden>{FRENCH[0]}</p><div style="color:red; DISPLAY : none"><p>{FRENCH[1]}</p></div>'
    hidden += f"<noscript><p>{FRENCH[2]}</p></noscript><template><p>{FRENCH[2]}</p></template><!-- {FRENCH[0]} -->"
    page = made().replace(b"</article>", hidden.encode() + b"</article>")
    assert read(page).text == "\n\n".join(NEWS)


LONG = [f"{number}: {paragraph}" for number in range(4) for paragraph in NEWS]


def test_an_opening_in_an_odd_place_is_not_lost() -> None:
    parts = "".join(f"<p>{part}</p>" for part in LONG[:5])
    page = made(*LONG[5:]).replace(b"<article>", f"<article><header>{parts}</header>".encode())
    assert read(page).text == "\n\n".join(LONG)


def test_other_stories_on_the_page_are_not_read() -> None:
    """Of a short article beside long ones the library's usual reading makes one text."""
    more = "".join(f'<div class="related-content"><p>{part}</p></div>' for part in LONG)
    page = made().replace(b"</article>", f"</article><div>{more}</div>".encode())
    assert read(page).text == "\n\n".join(NEWS)


def test_a_paragraph_that_is_all_link_is_no_part_of_the_article() -> None:
    link = '<p>» <a href="/more">The guild of the millers, and how it came to own a bridge</a></p>'
    page = made(*LONG).decode().replace("<p>1:", f"{link}<p>1:")
    assert read(page.encode()).text == "\n\n".join(LONG)
    inline = "The guild, <a href='/more'>which owns a bridge over the river</a>, said so on Monday."
    assert "which owns a bridge" in read(made(*LONG, inline)).text


# Encodings

RUSSIAN = "Городские власти сообщили, что старая мельница будет закрыта до весны. Крышу нужно отремонтировать. "
JAPANESE = "市の当局によると、古い水車小屋は春まで閉鎖される。市長は「屋根の修理が必要だ」と述べた。"


@pytest.mark.parametrize(
    ("text", "encoding", "named", "header"),
    [
        (RUSSIAN, "cp1251", "windows-1251", None),
        (RUSSIAN, "cp1251", "", "windows-1251"),
        (RUSSIAN, "koi8-r", "utf-8", "koi8-r"),
        (RUSSIAN, "cp1251", "utf-8", None),
        (RUSSIAN, "cp1251", "", None),
        (RUSSIAN, "utf-8", "windows-1251", "iso-8859-1"),
        (RUSSIAN, "utf-8-sig", "windows-1251", "koi8-r"),
        (RUSSIAN, "utf-16", "utf-8", None),
        (RUSSIAN, "utf-16-le", "", None),
        (FRENCH[1], "cp1252", "iso-8859-1", None),
        (JAPANESE, "shift_jis", "x-sjis", None),
        (JAPANESE, "shift_jis", "shift_jis", None),
        (JAPANESE, "euc_jp", "euc-jp", None),
        (JAPANESE, "iso2022_jp", "iso-2022-jp", None),
        (RUSSIAN, "cp1251", "windows-1251", "unicode_escape"),
        (
            "시 당국은 똠방 물레방아가 봄까지 문을 닫는다고 밝혔다. 시장은 지붕을 고쳐야 한다고 말했다. ",
            "cp949",
            "euc-kr",
            None,
        ),
        (RUSSIAN, "cp1251", "windows-1251", "no\0thing"),
    ],
)
def test_encodings_are_found(text: str, encoding: str, named: str, header: str | None) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={named}">' if named else ""
    page = f"<!doctype html><html><head>{head}{ld(headline='x')}</head><body><article><p>{text * 4}</p></article>"
    assert read(page.encode(encoding), charset=header).text == (text * 4).strip()


def test_one_damaged_letter_is_replaced_and_many_are_refused() -> None:
    page = made(*FRENCH, head=ld())
    assert "mun\ufffdcipalit" in read(page.replace(b"municipalit", b"mun\xffcipalit")).text
    assert "not UTF-8" in refusal(page.replace("é".encode(), b"\xff")).message


@pytest.mark.parametrize(
    "raw", [b"", b" ", b"\0" * 100, b"%PDF-1.7\n\x80\x81", b"\x89PNG\r\n\x1a\n\0\0", codecs.BOM_UTF16_LE]
)
def test_what_is_no_page_is_refused(raw: bytes) -> None:
    assert len(refusal(raw).message) < 120


def test_a_page_too_large_is_refused() -> None:
    assert "too large" in refusal(made() + b" " * MAX_PAGE_BYTES).message


# Hostile pages

ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in NEWS)
LD = "<script type='application/ld+json'>"
START = "<!doctype html><html lang=en><head><title>Mill stays shut</title></head><body><article>"
HEAVY = {
    "deep divs": START + "<div>" * 100_000 + ARTICLE,
    "deep b": START + "<b>" * 100_000 + ARTICLE,
    "wide": START + "<p>x " * 60_000 + ARTICLE,
    "spans": START + "<p>" + "<span>a b </span>" * 40_000 + ARTICLE,
    "links in one place": START + "<p>" + "<a href=/x>a b</a> c d " * 6_000 + ARTICLE,
    "attributes": START + "<p " + " ".join(f"a{n}='x'" for n in range(100_000)) + ">a</p>" + ARTICLE,
    "attributes in quotes": START + '<p a=x" ' + " ".join(f"a{n}" for n in range(100_000)) + ' ">a</p>' + ARTICLE,
    "text": START + "<p>" + "word " * 400_000 + "</p>" + ARTICLE,
    "angles": START + "<" * 3_000_000 + ARTICLE,
}
"""Pages that would take minutes, or drop their end: refused."""
LIGHT = {
    "attribute": START + "<p class='" + "x " * 2_000_000 + "'></p>" + ARTICLE,
    "broken JSON": LD + '{"author": "person" ' * 100_000 + "</script>" + START + ARTICLE,
    "deep JSON": LD + "[" * 500_000 + "</script>" + START + ARTICLE,
    "long number": LD + '{"wordCount":' + "9" * 500_000 + "}</script>" + START + ARTICLE,
    "white space": START + "<p>" + " \n" * 2_000_000 + "</p>" + ARTICLE,
    "comments": START + "<!-- -->" * 90_000 + ARTICLE,
    "entities": "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" + START + "<i>&b;</i>" + ARTICLE,
    "files": "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + START + "<i>&x;</i>" + ARTICLE,
    "zero bytes": START.replace("<body>", "<body>" + "\0" * 1_000_000) + ARTICLE,
    "characters": START + "<i>&#xD800;&#x110000;&#99999999999;&#27;&#0;&#xFFFE;</i>" + ARTICLE,
    "svg": START + "<svg>" + "<path d='M0'/>" * 60_000 + "</svg>" + ARTICLE,
    "language": START.replace("lang=en", f"lang='{'a-' * 100_000}'") + ARTICLE,
}
"""Pages with ballast that is thrown out: read."""


@pytest.mark.parametrize("name", HEAVY)
def test_costly_pages_are_refused_at_once(name: str) -> None:
    start = time.monotonic()
    assert re.search(r"deep|more (?:elements|attributes)|characters of text", refusal(HEAVY[name].encode()).message)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("name", LIGHT)
def test_ballast_is_thrown_out(name: str) -> None:
    start = time.monotonic()
    assert read(LIGHT[name].encode()).text.endswith("\n\n".join(NEWS))
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "node",
    [
        None,
        5,
        "x",
        [[], [[]], {}],
        {"@graph": {"@graph": {"@type": 5}}},
        {"@type": ["NewsArticle", None, 5], "headline": 5, "publisher": 5, "wordCount": -1, "articleBody": ["x"]},
        {"@type": "NewsArticle", "headline": ["Mill stays shut"], "publisher": {"@id": 5}, "wordCount": True},
        {"@type": "NewsArticle", "publisher": {"@id": "#a"}, "@id": "#a", "inLanguage": {"name": "en"}},
        {"@type": "NewsArticle", "isAccessibleForFree": [], "wordCount": "9" * 5000, "datePublished": "9" * 50},
        {"@type": "NewsArticle", "author": [[[[[["x"]]]]], {"name": {"name": {}}}, {"@id": []}, 5, True, None]},
        {"@type": "NewsArticle", "author": {"@id": "#a", "@type": "Person"}, "@id": "#a"},
        {"@type": "NewsArticle", "mainEntityOfPage": {"@id": "x", "mainEntity": ["y", 5, None]}},
    ],
)
def test_data_of_the_wrong_shape_is_ignored(node: object) -> None:
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    article = read(made(head=head))
    assert (article.text, article.title, article.published) == ("\n\n".join(NEWS), "Mill stays shut", None)
    assert article.byline is None


def test_an_index_of_articles_is_not_the_first_of_them() -> None:
    nodes = [{"@type": "NewsArticle", "headline": f"Story {n}", "datePublished": f"2030-01-0{n}"} for n in range(1, 6)]
    mine = {"@type": "NewsArticle", "headline": "Mill stays shut", "datePublished": "2030-02-02"}
    head = '<script type="application/ld+json">{}</script>'
    assert read(made(head=head.format(json.dumps(nodes)))).published is None
    assert read(made(head=head.format(json.dumps([*nodes, mine])))).published == "2030-02-02"


# The libraries


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    error = refusal(made())
    assert "trafilatura is not installed" in error.message
    assert error.hint == "pip install 'summarizer[web]'"


def test_the_libraries_do_not_write_to_standard_error() -> None:
    code = "from contextlib import suppress; from summarizer.articles.page import page_article\n"
    code += "with suppress(Exception): page_article(b'<html><body></body>', id='page')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_library_that_fails_is_a_failure_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    assert "cannot be taken apart (RecursionError)" in refusal(made()).message


def test_importing_the_readers_loads_no_library() -> None:
    code = "import sys, summarizer.articles.page; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"trafilatura", "lxml", "htmldate"}.isdisjoint(name.partition(".")[0] for name in done.stdout.split())
