"""The HTML page in headless Chromium, opened from disk: what readers do with it, and that it asks for nothing."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support import samples
from support.expected import STORIES, story_of
from support.large import large_story
from support.said import hostile_story

from summarizer.render.page import story_html
from summarizer.schemas import MergedSummary

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LONG = f"{'Donaudampfschifffahrtsgesellschaft' * 8} <script>alert(1)</script> https://x.example/{'a' * 120} \u202e123"
Open = Callable[..., Any]
MORE = [path for path in os.environ.get("SUMMARIZER_STORIES", "").split(os.pathsep) if path]
"""Results of other stories (paths of JSON files) whose pages are to be looked at, too."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium for all tests: the system's."""
    from playwright.sync_api import sync_playwright

    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert path, f"no Chromium on this machine: none of {', '.join(CHROMIUM)} is on the path"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Writes the page of a story once: an example by its name, `samples`, or `large` with a hundred articles."""
    folder = tmp_path_factory.mktemp("pages")
    built: dict[str, Callable[[], MergedSummary]] = {
        "samples": samples.story,
        "large": lambda: large_story(100),
        "words": lambda: hostile_story(LONG),
        **{name: (lambda name=name: story_of(name)) for name in STORIES},
        **{path: (lambda path=path: MergedSummary.model_validate_json(Path(path).read_bytes())) for path in MORE},
    }

    def write(name: str) -> Path:
        path = folder / f"{Path(name).stem}.html"
        if not path.exists():
            path.write_text(story_html(built[name]()), encoding="utf-8")
        return path

    return write


@pytest.fixture
def visit(browser: Any, pages: Callable[[str], Path]) -> Iterator[Open]:
    """Opens the page of a story; in the end, nothing was asked for but the file, and the console is empty."""
    contexts, troubles = [], list[str]()

    def visit(name: str, *, fragment: str = "", **options: Any) -> Any:
        address = pages(name).as_uri()
        context = browser.new_context(**{"viewport": WIDE, "color_scheme": "light", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: None if request.url.partition("#")[0] == address else troubles.append(request.url),
        )
        page.goto(address + fragment)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []


def shown(page: Any, selector: str) -> list[str]:
    """Ids of the visible elements."""
    return [element.get_attribute("id") for element in page.locator(selector).all() if element.is_visible()]


def focused(page: Any) -> str:
    """The id of the element that has the focus, or of the nearest around it."""
    return str(page.evaluate("document.activeElement.closest('[id]')?.id ?? ''"))


def settled(page: Any, result: str) -> None:
    """Wait until typing has had its effect."""
    from playwright.sync_api import expect

    expect(page.locator("#result")).to_have_text(result)


def in_view(page: Any, selector: str) -> bool:
    """Whether the element lies within the window, and is not scrolled away within a box."""
    return bool(
        page.evaluate(
            """selector => {
              const element = document.querySelector(selector), box = element.getClientRects()[0];
              const hit = document.elementFromPoint(box.left + 3, box.top + Math.min(box.height, 12) / 2);
              return box.top >= 0 && box.top < innerHeight && !!hit && (element.contains(hit) || hit.contains(element));
            }""",
            selector,
        )
    )


# --- opened from disk ---


@pytest.mark.parametrize("name", [*STORIES, "samples", "words", *MORE])
def test_every_story_opens_without_a_request_and_fits_any_width(visit: Open, name: str) -> None:
    page = visit(name)
    assert page.locator("h1").is_visible()
    for width in (320, 360, 390, 768, 1023, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_the_policy_lets_nothing_in(browser: Any, pages: Callable[[str], Path]) -> None:
    """Even what gets into the page cannot run, style or call: a server that listens hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener, closing(browser.new_page()) as page:
        listener.setblocking(False)
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(pages("ferry-fire").as_uri())
        page.evaluate(
            """async address => {
              for (const tag of ["img", "script", "video", "embed"]) {
                const element = document.createElement(tag);
                element.src = address + tag;
                document.body.append(element);
              }
              const markup = "<p id=styled style='color:red' onclick='window.ran = 1'>x</p>";
              document.body.insertAdjacentHTML("beforeend", markup);
              document.getElementById("styled").click();
              const script = document.createElement("script");
              script.textContent = "window.ran = 1";
              document.body.append(script);
              await fetch(address + "fetch", {signal: AbortSignal.timeout(1000)}).catch(() => 0);
            }""",
            f"http://127.0.0.1:{listener.getsockname()[1]}/",
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.ran") is None
        assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
        with pytest.raises(BlockingIOError):
            listener.accept()
        assert len([text for text in refused if "Content Security Policy" in text]) >= 7


# --- from answers to sentences and back ---


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_click_goes_to_the_sentence_and_back(visit: Open, viewport: dict[str, int]) -> None:
    page = visit("ferry-fire", viewport=viewport)
    link = page.locator("#q1-p3 a.to")
    sentence = link.get_attribute("href")
    link.click()
    assert in_view(page, sentence)
    assert "now" in page.locator(sentence).get_attribute("class")
    assert focused(page) == sentence[1:]
    assert page.locator("#back b").inner_text() == "1C"
    assert "here" in page.locator("#q1-p3").get_attribute("class")
    page.locator(f"{sentence} + .chips a").click()
    assert in_view(page, "#q1-p3")
    assert focused(page) == "q1-p3"
    page.go_back()
    assert in_view(page, sentence)


def test_on_a_wide_screen_the_questions_stay_where_they_are(visit: Open) -> None:
    page = visit("border-drones")
    page.locator("#q2").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    for link in page.locator("#q2 a.to").all():
        link.click()
        assert page.evaluate("scrollY") == before
        assert in_view(page, link.get_attribute("href"))
    page.locator("#back").click()
    assert focused(page) == "q2-p2"


def test_a_click_on_the_quote_or_the_sentence_itself_does_the_same(visit: Open) -> None:
    page = visit("ferry-fire")
    page.locator("#q2-p2 blockquote").click()
    sentence = page.locator("#q2-p2 a.to").get_attribute("href")
    assert "now" in page.locator(sentence).get_attribute("class")
    page.locator(sentence).click()
    assert focused(page) == "q2-p2"


def test_a_sentence_with_several_claims_goes_to_each_in_turn(visit: Open) -> None:
    page = visit("ferry-fire")
    mark = page.locator("mark:has(+ .chips a + a)").first
    chips = [chip.get_attribute("href")[1:] for chip in mark.locator("+ .chips a").all()]
    assert len(chips) == 2
    for wanted in [*chips, chips[0]]:
        mark.click()
        assert focused(page) == wanted
        assert page.locator(f"#{wanted}").get_attribute("open") is not None


def test_the_matrix_leads_to_card_and_sentence(visit: Open) -> None:
    page = visit("march-of-lanterns")
    page.locator(".matrix tbody th a").nth(1).click()
    assert focused(page) == "q2"
    cell = page.locator(".matrix td a.cell").first
    cell.click()
    assert in_view(page, cell.get_attribute("href"))


def test_a_link_to_a_place_opens_what_it_is_folded_in(visit: Open) -> None:
    page = visit("ferry-fire", fragment="#q8")
    assert page.locator("#q8").get_attribute("open") is not None
    assert in_view(page, "#q8 summary")


def test_the_summary_opens_its_evidence(visit: Open) -> None:
    page = visit("ferry-fire")
    told = page.locator(".told").first
    assert not told.locator("blockquote").first.is_visible()
    told.locator("summary").click()
    assert told.locator("blockquote").count() == 3
    told.locator("a.chip").nth(1).click()
    assert focused(page) == "q1-p2"


# --- filters ---


def test_filters_combine_count_and_clear(visit: Open) -> None:
    page = visit("samples")
    everything = shown(page, ".card")
    assert everything == ["q1", "q2", "q3", "q4"]
    page.locator("[data-kind=contradiction]").click()
    assert shown(page, ".card") == ["q4"]
    page.locator("[data-kind=denial]").click()
    assert shown(page, ".card") == ["q2", "q4"]
    page.locator("[data-facet=outlet]").select_option(label="الميناء (3)")
    assert shown(page, ".card") == ["q4"]
    assert page.locator("#result").inner_text() == "1 of 8 shown"
    assert page.locator("#result").get_attribute("role") == "status"
    assert page.locator("#disagreements .count").first.inner_text() == "1 of 4"
    assert page.locator(".matrix tbody tr:visible").count() == 1
    page.locator("[data-facet=speaker]").select_option(label="Brannt (1)")
    assert shown(page, ".card") == []
    page.locator("#clear").click()
    assert shown(page, ".card") == everything
    assert page.locator("#result").inner_text() == "8 of 8 shown"
    assert not page.locator("#clear").is_visible()


def test_a_search_opens_the_folds_with_a_match(visit: Open) -> None:
    page = visit("ferry-fire")
    assert shown(page, "#single .row") == []
    page.locator("#find").fill("CREW members")
    settled(page, "1 of 23 shown")
    assert len(shown(page, "#single .row")) == 1
    page.locator("#find").fill("")
    settled(page, "23 of 23 shown")
    assert shown(page, "#single .row") == []


def test_the_address_keeps_the_filters(visit: Open) -> None:
    page = visit("samples")
    page.locator("[data-kind=update]").click()
    page.locator("#find").fill("tunnel")
    page.wait_for_url("**/*find=tunnel")
    fragment = page.evaluate("location.hash")
    again = visit("samples", fragment=fragment)
    assert shown(again, ".card") == ["q1"]
    assert again.locator("#find").input_value() == "tunnel"


def test_a_link_to_a_hidden_question_clears_the_filters(visit: Open) -> None:
    page = visit("samples")
    page.locator("[data-kind=denial]").click()
    page.locator(".chips a[href='#q4-p1']").first.click()
    assert focused(page) == "q4-p1"
    assert page.locator("#q4").is_visible()
    assert "cleared" in page.locator("#result").inner_text()


# --- keys ---


def test_keys_go_through_questions_sentences_and_back(visit: Open) -> None:
    page = visit("samples")
    page.keyboard.press("j")
    assert focused(page) == "q1"
    page.keyboard.press("j")
    assert focused(page) == "q2"
    page.keyboard.press("k")
    assert focused(page) == "q1"
    page.keyboard.press("e")
    first = focused(page)
    assert first.startswith("a1-")
    page.keyboard.press("Escape")
    assert focused(page) == "q1-p1"
    page.keyboard.press("/")
    assert focused(page) == "find"
    page.keyboard.type("j")
    assert page.locator("#find").input_value() == "j"


def test_help_opens_closes_and_turns_the_keys_off(visit: Open) -> None:
    page = visit("samples")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("j")
    assert focused(page) != "q1"


def test_the_first_tab_is_a_way_past_the_head(visit: Open) -> None:
    page = visit("samples")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the disagreements"
    assert in_view(page, ".skip")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert focused(page) == "disagreements"


# --- looks ---


def background(page: Any) -> str:
    """The colour of the page."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_light_and_dark_follow_the_system_and_the_button(visit: Open) -> None:
    light, dark = visit("samples"), visit("samples", color_scheme="dark")
    assert (background(light), background(dark)) == ("rgb(255, 255, 255)", "rgb(22, 24, 27)")
    assert light.locator("#theme").get_attribute("aria-pressed") == "false"
    light.locator("#theme").click()
    assert background(light) == background(dark)
    assert light.locator("#theme").get_attribute("aria-pressed") == "true"
    dark.locator("#theme").click()
    assert background(dark) == "rgb(255, 255, 255)"


def test_on_paper_everything_is_open_and_nothing_is_a_control(visit: Open) -> None:
    page = visit("ferry-fire", color_scheme="dark")
    page.emulate_media(media="print")
    assert background(page) == "rgb(255, 255, 255)"
    for control in (".filters", ".tools", "#back", ".reader-head select"):
        assert not page.locator(control).is_visible()
    for folded in ("#q6 blockquote", "#u1 .why", ".told blockquote"):
        box = page.locator(folded).first.bounding_box()
        assert box is not None
        assert box["height"] > 10
    assert page.evaluate("getComputedStyle(document.getElementById('articles')).overflowY") == "visible"
    assert page.pdf()


def test_texts_stand_in_their_own_direction(visit: Open) -> None:
    page = visit("ferry-fire")
    assert page.evaluate("getComputedStyle(document.querySelector('#a3 .body')).direction") == "rtl"
    quote = page.locator("#q1-p3 blockquote")
    assert quote.evaluate("e => getComputedStyle(e).borderRightWidth") == "3px"
    assert "Naskh" in quote.evaluate("e => getComputedStyle(e).fontFamily")


def test_without_script_everything_reads_and_no_control_is_dead(visit: Open) -> None:
    page = visit("ferry-fire", java_script_enabled=False)
    for control in (".filters", ".tools", "#back", "#go"):
        assert not page.locator(control).is_visible()
    link = page.locator("#q1-p2 a.to")
    link.click()
    assert page.locator(link.get_attribute("href")).bounding_box()["y"] < 900
    page.locator("#single summary").first.click()
    assert page.locator("#q6").is_visible()
    page.locator("#a1 .chips a").first.click()
    assert page.locator("#q1-p1").bounding_box()["y"] < 900


def test_reduced_motion_moves_nothing(visit: Open) -> None:
    page = visit("ferry-fire", reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e, '::before').transitionDuration)"
        " || parseFloat(getComputedStyle(e).transitionDuration) || getComputedStyle(e).animationName !== 'none').length"
    )
    assert moving == 0


# --- a hundred articles ---


def test_a_hundred_articles_can_be_filtered_and_read(visit: Open) -> None:
    page = visit("large")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert page.evaluate("document.querySelectorAll('*').length") < 60_000
    page.locator("[data-facet=outlet]").select_option(label="Tarn Courier 77 (20)")
    assert page.locator("#result").inner_text() == "20 of 812 shown"
    link = page.locator("#single .row:visible summary").first
    link.click()
    sentence = page.locator("#single .row:visible a.to").first
    sentence.click()
    assert in_view(page, sentence.get_attribute("href"))
    scroll = page.locator(".scroll")
    scroll.evaluate("e => e.scrollTo(1500, 200)")
    box, head = scroll.bounding_box(), page.locator(".matrix tbody tr:visible th").last.bounding_box()
    assert abs(head["x"] - box["x"]) < 2
    top = page.locator(".matrix thead th").nth(60).bounding_box()
    assert abs(top["y"] - box["y"]) < 2
    page.locator("#go").select_option(label="100 Tarn Courier 100")
    assert in_view(page, "#a100 h3")


# --- for everyone ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", ["samples", "ferry-fire", "glass-valley-quake", *MORE])
def test_axe_finds_nothing_serious(visit: Open, name: str, viewport: dict[str, int], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(name, viewport=viewport, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    found = Axe().run(page).response["violations"]
    told = [
        f"{item['id']}: {node['html'][:200]} {node['failureSummary']}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]
    assert told == []
