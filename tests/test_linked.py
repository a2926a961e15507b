"""JSON-LD, read by rdflib: nothing is lost, every node has a name that lasts, and no processor needs the network."""

import json
import socket
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from support import samples
from support.expected import STORIES, story_of
from support.generated import stories

from summarizer.render.iris import span_iri, text_iri
from summarizer.render.linked import story_jsonld
from summarizer.render.vocabulary import CONTEXT, EDTF, OWN
from summarizer.schemas import Article, Claim, Copy, Disagreement, MergedSummary
from summarizer.text.bylines import names_in

S, OA, FOAF, OUR = (
    Namespace("https://schema.org/"),
    Namespace("http://www.w3.org/ns/oa#"),
    Namespace("http://xmlns.com/foaf/0.1/"),
    Namespace(OWN),
)
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser uses it
PREFIXES = f"PREFIX schema: <{S}> PREFIX oa: <{OA}> PREFIX foaf: <{FOAF}> PREFIX own: <{OUR}> "


def graph_of(story: MergedSummary) -> Graph:
    return Graph().parse(data=story_jsonld(story), format="json-ld")


def ask(graph: Graph, query: str) -> list[tuple[Any, ...]]:
    return [
        tuple(cell.toPython() if cell is not None else None for cell in row) for row in graph.query(PREFIXES + query)
    ]


class Reader:
    """What a graph says of one node, in plain Python."""

    def __init__(self, graph: Graph, node: Any) -> None:
        self.graph, self.node = graph, node

    def __call__(self, term: URIRef) -> Any:
        """The one value of a property; None without one."""
        found = self.every(term)
        assert len(found) <= 1, (term, found)
        return found[0] if found else None

    def every(self, term: URIRef) -> list[Any]:
        objects = self.graph.objects(self.node, term)
        return [str(o) if isinstance(o, Literal) and o.datatype is None else o.toPython() for o in objects]

    def at(self, term: URIRef) -> "list[Reader]":
        """The nodes that a property leads to, in their order where they have one."""
        found = [Reader(self.graph, node) for node in self.graph.objects(self.node, term)]
        return sorted(found, key=lambda node: (node(S.position) or 0, str(node.node)))


def value_of(node: Reader) -> dict[str, Any]:
    match kind := node(OUR.kind):
        case "quantity":
            return {
                "kind": kind, "low": node(S.minValue), "high": node(S.maxValue), "qualifier": node(OUR.qualifier),
                "unit": node(S.unitText),
            }  # fmt: skip
        case "date":
            return {
                "kind": kind, "edtf": str(node(OUR.date)), "time": node(OUR.time), "approximate": node(OUR.approximate)
            }  # fmt: skip
        case _:
            return {"kind": kind, {"yes_no": "answer", "name": "name", "text": "text"}[kind]: node(S.text)}


def claim_of(node: Reader) -> dict[str, Any]:
    """A claim as its JSON has it, from the graph alone; spans and checks in an order of their own."""
    [article] = node.at(S.appearance)
    evidence = []
    for span in node.at(OUR.evidence):
        selectors = {str(selector(RDF.type)): selector for selector in span.at(OA.hasSelector)}
        place, words = selectors[str(OA.TextPositionSelector)], selectors[str(OA.TextQuoteSelector)]
        [source] = span.at(OA.hasSource)
        assert [text.node for text in article.at(S.encoding)] == [source.node]
        evidence.append({
            "article": article(S.identifier), "start": place(OA.start), "end": place(OA.end), "quote": words(OA.exact),
        })  # fmt: skip
    checks = [{"name": name, "passed": True, "reason": None} for name in node.every(OUR.passedCheck)]
    checks += [
        {"name": check(S.name), "passed": check(OUR.passed), "reason": check(OUR.rationale)}
        for check in node.at(OUR.check)
    ]
    [value] = node.at(OUR.value)
    agents = node.at(S.author)
    return {
        "id": node(S.identifier), "article": article(S.identifier), "question": node(OUR.question),
        "answer": node(OUR.answer), "value": value_of(value),
        "attributed_to": agents[0](S.name) if agents else None, "stance": node(OUR.stance),
        "certainty": node(OUR.certainty), "as_of": _edtf(node(OUR.asOf)), "as_of_basis": node(OUR.asOfBasis),
        "period": _edtf(node(OUR.period)),
        "scope": {
            "place": node(OUR.scopePlace), "group": node(OUR.scopeGroup), "definition": node(OUR.scopeDefinition),
        },
        "revises": node(OUR.revises), "superseded": node(OUR.superseded), "evidence": evidence,
        "status": node(OUR.status), "checks": checks,
    }  # fmt: skip


def _edtf(value: Any) -> str | None:
    return None if value is None else str(value)


def unordered(claim: dict[str, Any]) -> dict[str, Any]:
    sort = sorted(claim["evidence"], key=lambda item: (item["start"], item["end"]))
    return {**claim, "evidence": sort, "checks": sorted(claim["checks"], key=str)}


def check_graph(story: MergedSummary) -> None:
    """That the graph tells all that the format holds of a story."""
    graph = graph_of(story)
    assert not [node for node in graph.all_nodes() if isinstance(node, BNode)]
    [root] = [Reader(graph, node) for node in graph.subjects(RDF.type, OUR.Story)]
    assert root(S.headline) == (story.headline.text if story.headline else None)
    told = [(sentence(S.text), sentence(S.position)) for sentence in root.at(OUR.sentence)]
    cited = [*([(story.headline.text, 0)] if story.headline else [])]
    assert told == cited + [(sentence.text, order) for order, sentence in enumerate(story.narrative, 1)]

    published = {
        Reader(graph, node)(S.identifier): Reader(graph, node) for node in graph.objects(root.node, S.isBasedOn)
    }
    assert set(published) == {article.id for article in story.articles}
    for article in story.articles:
        node = published[article.id]
        assert _published(node) == _expected(article, article.language)
        assert sorted(map(str, map(_published, node.at(OUR.copy)))) == sorted(
            str(_expected(copy, article.language)) for copy in article.copies
        )

    claims = {
        Reader(graph, node)(S.identifier): Reader(graph, node) for node in graph.subjects(RDF.type, OUR.Statement)
    }
    every = [c for item in story.comparisons for p in item.positions for c in p.claims] + list(story.unverified)
    assert set(claims) == {claim.id for claim in every}
    for claim in every:
        assert unordered(claim_of(claims[claim.id])) == unordered(claim.model_dump(mode="json"))

    parts = root.at(S.hasPart)
    questions = [part for part in parts if S.Question in graph.objects(part.node, RDF.type)]
    assert {part(S.identifier) for part in parts if part not in questions} == {claim.id for claim in story.unverified}
    assert len(questions) == len(story.comparisons)
    for node, item in zip(questions, story.comparisons, strict=True):
        assert (node(S.identifier), node(S.name)) == (item.id, item.question)
        assert OUR[type(item).__name__] in graph.objects(node.node, RDF.type)
        for term, field in (
            (OUR.relation, "relation"), (OUR.subtype, "subtype"), (OUR.severity, "severity"),
            (OUR.decidedBy, "decided_by"), (OUR.rationale, "rationale"),
            (OUR.independentSources, "independent_sources"),
        ):  # fmt: skip
            assert node(term) == getattr(item, field, None)
        estimates = [
            {"low": e(OUR.low), "best": e(OUR.best), "high": e(OUR.high), "rule": e(OUR.rule), "unit": e(S.unitText)}
            for e in node.at(OUR.estimate)
        ]
        expected = item.estimate if isinstance(item, Disagreement) else None
        assert estimates == ([expected.model_dump()] if expected else [])
        changes = [(c(OUR.kind), c(S.text), {a(S.identifier) for a in c.at(OUR.article)}) for c in node.at(OUR.change)]
        assert changes == [(change.kind, change.text, set(change.articles)) for change in item.changes]
        positions = node.at(S.about)
        for side, position in zip(positions, item.positions, strict=True):
            assert (side(OUR.answer), _edtf(side(OUR.asOf))) == (position.answer, position.as_of)
            assert value_of(side.at(OUR.value)[0]) == position.value.model_dump(mode="json")
            assert {article(S.identifier) for article in side.at(S.appearance)} == set(position.articles)
            assert {claim(S.identifier) for claim in side.at(S.hasPart)} == {claim.id for claim in position.claims}
            assert {agent(S.name) for agent in side.at(S.author)} == {
                claim.attributed_to for claim in position.claims if claim.attributed_to
            }
            voices = [
                (voice(S.name), voice(OUR.basis), {article(S.identifier) for article in voice.at(OUR.article)})
                for voice in side.at(OUR.voice)
            ]
            assert voices == [(voice.source, voice.basis, set(voice.articles)) for voice in position.voices]


def _published(node: Reader) -> tuple[str | None, ...]:
    [text] = node.at(S.encoding)
    publisher = node.at(S.publisher)
    writers = node.at(S.author)
    assert {writer(S.name) for writer in writers} == set(names_in(node(S.creditText)))
    assert {writer(RDF.type) for writer in writers} <= {str(FOAF.Agent)}
    return (
        node(S.identifier), node(S.headline), publisher[0](S.name) if publisher else None,
        node(S.creditText), _edtf(node(S.datePublished)), node(S.url), text(S.sha256), node(S.inLanguage),
    )  # fmt: skip


def _expected(item: Article | Copy, language: str | None) -> tuple[str | None, ...]:
    return item.id, item.title, item.outlet, item.byline, item.published, item.url, item.sha256, language


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(stories())
def test_the_graph_gives_back_every_field_it_holds(story: MergedSummary) -> None:
    check_graph(story)


@pytest.mark.parametrize("name", ["ferry-fire", "bridge-opening", ""])
def test_the_graph_of_the_examples_gives_back_every_field_it_holds(name: str) -> None:
    check_graph(story_of(name) if name else samples.story())


# --- questions that a user would ask ---


def test_who_wrote_what() -> None:
    copy = Copy(id="c", byline="Ida Crane", outlet="o", sha256="0" * 64)
    mine = samples.FRENCH.model_copy(update={"byline": "Ida Crane; Tom Reed; Ida Crane", "copies": (copy,)})
    graph = graph_of(samples.story(articles=(mine, *samples.ARTICLES[1:])))
    found = ask(
        graph,
        """SELECT ?id ?name ?who WHERE {
            ?news a schema:NewsArticle; schema:identifier ?id; schema:author ?who. ?who a foaf:Agent; schema:name ?name
        }""",
    )
    assert sorted((id, name) for id, name, _ in found) == [
        ("c", "Ida Crane"), ("le-phare", "Ida Crane"), ("le-phare", "Tom Reed"),
    ]  # fmt: skip
    assert len({who for _, _, who in found}) == 3  # another article's "Ida Crane" may be another


def test_each_claim_its_article_and_its_quote_in_one_query() -> None:
    story = story_of("ferry-fire")
    found = ask(
        graph_of(story),
        """SELECT ?id ?article ?start ?end ?quote WHERE {
            ?claim a schema:Claim, own:Statement; schema:identifier ?id; own:evidence ?span;
                   schema:appearance ?news.
            ?news a schema:NewsArticle; schema:identifier ?article; schema:encoding ?text.
            ?span oa:hasSource ?text; oa:hasSelector [a oa:TextPositionSelector; oa:start ?start; oa:end ?end],
                  [a oa:TextQuoteSelector; oa:exact ?quote].
        }""",
    )
    claims = [c for item in story.comparisons for p in item.positions for c in p.claims] + list(story.unverified)
    expected = {(c.id, c.article, e.start, e.end, e.quote) for c in claims for e in c.evidence}
    assert set(found) == expected
    assert len(found) == len(expected)


def test_who_disagrees_on_what_and_how() -> None:
    found = ask(
        graph_of(samples.story()),
        """SELECT ?question ?relation ?answer ?outlet WHERE {
            ?q a own:Disagreement; schema:name ?question; own:relation ?relation; schema:about ?side.
            ?side own:answer ?answer; schema:appearance/schema:publisher/schema:name ?outlet.
        }""",
    )
    assert (samples.HURT, "update", "at least 12", "Le Phare") in found
    assert len(found) == 3 + 2 + 2 + 2


def test_the_selectors_point_at_their_words_in_the_text() -> None:
    story = story_of("bridge-opening")
    texts = {text_iri(article.sha256): article.text for article in story.articles}
    graph = graph_of(story)
    spans = list(graph.subjects(RDF.type, OA.SpecificResource))
    assert len(spans) > 20
    for span in spans:
        reader = Reader(graph, span)
        place, words = sorted(reader.at(OA.hasSelector), key=lambda node: str(node(RDF.type)))
        text = texts[str(reader(OA.hasSource))]
        start, end = place(OA.start), place(OA.end)
        assert text[start:end] == words(OA.exact)
        assert text[:start].endswith(words(OA.prefix))
        assert text[end:].startswith(words(OA.suffix))
        assert str(span) == f"{reader(OA.hasSource)}#char={start},{end}"


# --- names ---


def test_names_last_and_what_an_article_says_has_the_same_in_every_story() -> None:
    """Two stories make one graph, in which no claim says two things; questions and positions are each story's own."""
    story, other = samples.story(), samples.story(narrative=(), agreements=(), single_source=())
    assert story_jsonld(story) == story_jsonld(samples.story())
    one, two = graph_of(story), graph_of(other)
    for kind in (OUR.Statement, OA.SpecificResource, S.NewsArticle, S.MediaObject, S.Organization, FOAF.Agent):
        shared = set(one.subjects(RDF.type, kind)) & set(two.subjects(RDF.type, kind))
        assert shared == set(two.subjects(RDF.type, kind))
        assert all(set(one.predicate_objects(node)) == set(two.predicate_objects(node)) for node in shared)
    for kind in (OUR.Position, S.Question, OUR.Story):
        assert not set(one.subjects(RDF.type, kind)) & set(two.subjects(RDF.type, kind))


def test_the_police_of_two_articles_may_be_others() -> None:
    """And the outlet of two articles is one where its address says so."""
    address = "https://post.example/{}"
    articles = [
        Article(id=id, text=f"Police said {id}.", outlet="Post", url=address.format(id)) for id in ("one", "two")
    ]
    claims = [
        samples.claim(article, 1, "What?", article.id, article.text, attributed_to="police") for article in articles
    ]
    graph = graph_of(
        samples.story(
            articles=tuple(articles), headline=None, narrative=(), agreements=(), single_source=(), unverified=(),
            disagreements=(samples.disagreement(
                1, *map(samples.position, claims), relation="contradiction", rationale="r",
            ),),
        )
    )  # fmt: skip
    assert len(set(graph.subjects(RDF.type, FOAF.Agent))) == 2
    assert len(set(graph.subjects(RDF.type, S.Organization))) == 1


def test_a_text_is_named_by_its_hash_and_a_span_by_its_characters() -> None:
    """RFC 6920's example is the SHA-256 of "Hello World!"."""
    digest = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert text_iri(digest) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    assert span_iri(digest, 0, 5) == f"{text_iri(digest)}#char=0,5"


def test_an_article_has_its_address_as_name_if_that_is_valid_and_its_own() -> None:
    address = "https://harbour.example/tunnel?page=1#top"
    urls = (address, address, 'https://x.example/"><script>')
    articles = tuple(
        article.model_copy(update={"url": url}) for article, url in zip(samples.ARTICLES, urls, strict=True)
    )
    graph = graph_of(samples.story(articles=articles))
    names = {Reader(graph, node)(S.identifier): node for node in graph.subjects(RDF.type, S.NewsArticle)}
    assert str(names["le-phare"]) == address
    for id in ("harbour-post", "al-mina"):
        assert uuid.UUID(str(names[id]))
    assert [Reader(graph, names[article.id])(S.url) for article in articles] == list(urls)


def test_a_copy_with_the_id_and_text_of_its_article_is_another_article() -> None:
    copy = Copy(id="le-phare", outlet="Le Fanal", sha256=samples.FRENCH.sha256)
    articles = (samples.FRENCH.model_copy(update={"copies": (copy, copy)}), *samples.ARTICLES[1:])
    graph = graph_of(samples.story(articles=articles))
    assert len(set(graph.subjects(RDF.type, S.NewsArticle))) == 4


def test_two_outlets_with_one_text_are_two_articles_of_one_text() -> None:
    twin = samples.FRENCH.model_copy(update={"id": "twin", "outlet": "Twin"})
    graph = graph_of(samples.story(articles=(*samples.ARTICLES, twin)))
    assert len(set(graph.subjects(RDF.type, S.NewsArticle))) == 4
    assert len(set(graph.subjects(RDF.type, S.MediaObject))) == 3


@pytest.mark.parametrize(
    ("published", "first"),
    [
        (("2031-05-03", "2031-05-05", "2031-05-06"), "le-phare"),
        (("2031-05-06", "2031-05-05", "2031-05-03"), "al-mina"),
        (("2031-05-03", "2031-05-03", "2031-05-06"), None),
        (("2031-05-03", None, "2031-05-06"), None),
        (("2031-05", "2031-05-05", "2031-05-06"), None),
    ],
)
def test_the_first_appearance_is_told_where_the_dates_tell_it(published: tuple[str | None, ...], first: str) -> None:
    articles = tuple(
        article.model_copy(update={"published": day}) for article, day in zip(samples.ARTICLES, published, strict=True)
    )
    found = ask(
        graph_of(samples.story(articles=articles)),
        "SELECT ?id WHERE { ?q a own:Agreement; schema:about/schema:firstAppearance/schema:identifier ?id }",
    )
    assert found == ([(first,)] if first else [])


# --- types ---


def test_offsets_dates_and_numbers_have_the_types_of_their_vocabularies() -> None:
    graph = graph_of(story_of("ferry-fire"))
    for term, datatype in (
        (OA.start, XSD.nonNegativeInteger),
        (OA.end, XSD.nonNegativeInteger),
        (S.minValue, XSD.double),
        (OUR.asOf, URIRef(EDTF)),
        (S.datePublished, S.Date),
    ):
        found = {value.datatype for value in graph.objects(None, term)}
        assert found == {datatype}, term


def test_a_date_that_iso_8601_cannot_say_is_edtf() -> None:
    about = samples.FRENCH.model_copy(update={"published": "2031-05~"})
    graph = graph_of(samples.story(articles=(about, samples.ENGLISH, samples.ARABIC)))
    assert {str(d.datatype) for d in graph.objects(None, S.datePublished)} == {EDTF, str(S.Date)}


def test_every_term_is_in_the_context_and_every_term_of_the_context_is_used() -> None:
    copy = Copy(id="c", outlet="o", byline="b", sha256="0" * 64)
    told: set[str] = set()
    for story in (*map(story_of, STORIES), samples.story(), _full(copy)):
        for node in json.loads(story_jsonld(story))["@graph"]:
            assert set(node) <= set(CONTEXT)
            told |= set(node)
    prefixes = {"schema", "oa", "foaf", "xsd", "own"}
    assert set(CONTEXT) - prefixes - told == set()


def _full(copy: Copy) -> MergedSummary:
    """A story with what the others lack: copies, changes, voices."""
    story = samples.story(articles=(samples.FRENCH.model_copy(update={"copies": (copy,)}), *samples.ARTICLES[1:]))
    leading = story.disagreements[0].model_dump()
    leading["changes"] = [{"kind": "figure_superseded", "text": "t", "articles": ["al-mina"]}]
    leading["positions"][0]["voices"] = [{"source": "s", "articles": ["le-phare"], "basis": "outlet"}]
    item = Disagreement.model_validate(leading)
    return story.model_copy(update={"disagreements": (item, *story.disagreements[1:])})


# --- no network, no page is broken ---


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """No name can be looked up; lists what was tried."""
    tried: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        tried.append(arguments)
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


def test_no_processor_needs_the_network(offline: list[object]) -> None:
    assert len(graph_of(samples.story())) > 300
    assert offline == []


def test_the_document_may_stand_in_a_script_element() -> None:
    loud = samples.story(unverified=(_named(samples.claims()["mayor"], "</script><!--<script>&"),))
    text = story_jsonld(loud)
    assert not set("<>&") & set(text)
    assert "</script><!--<script>&" in {o.toPython() for o in graph_of(loud).objects(None, OUR.question)}


def _named(claim: Claim, question: str) -> Claim:
    return claim.model_copy(update={"question": question})


def test_rdflib_reads_what_another_serialisation_of_it_says() -> None:
    graph = graph_of(samples.story())
    turtle = Graph().parse(data=graph.serialize(format="turtle"), format="turtle")
    assert isomorphic(graph, turtle)
