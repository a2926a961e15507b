"""The inline JSON-LD context of a story: schema.org, the W3C's Web Annotation, FOAF, and terms of our own."""

from typing import Any

OWN = "urn:uuid:71e43012-dae9-431c-b5a4-e448a59ff76a#"
"""Namespace of the terms that no vocabulary has: a UUID names it, since the project owns no web address."""

EDTF = "http://id.loc.gov/datatypes/edtf"
"""The Library of Congress's datatype of EDTF dates."""


_SCHEMA_TEXT = "creditText encodingFormat headline identifier inLanguage name sha256 softwareVersion text unitText url"
_SCHEMA_LINKS = "about appearance author citation creator encoding firstAppearance hasPart isBasedOn publisher"
_OWN_TEXT = (
    "answer asOfBasis basis certainty decidedBy kind model passedCheck provider qualifier question rationale relation "
    "rule scopeDefinition scopeGroup scopePlace severity stance status subtype time"
)
_OWN_LINKS = "article change check copy estimate evidence sentence value voice"


def _terms(names: str, vocabulary: str, datatype: str | None = None) -> dict[str, Any]:
    """Terms of a vocabulary under their own names; `@id` as datatype makes them links."""
    iris = {name: f"{vocabulary}:{name}" for name in names.split()}
    return {name: {"@id": iri, "@type": datatype} if datatype else iri for name, iri in iris.items()}


CONTEXT: dict[str, Any] = {
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "own": OWN,
    "id": "@id",
    "type": "@type",
    **_terms(_SCHEMA_TEXT, "schema"),
    **_terms(_SCHEMA_LINKS, "schema", "@id"),
    **_terms("minValue maxValue", "schema", "xsd:double"),
    "datePublished": "schema:datePublished",
    "order": {"@id": "schema:position", "@type": "xsd:integer"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    **_terms("exact prefix suffix", "oa"),
    **_terms("start end", "oa", "xsd:nonNegativeInteger"),
    **_terms(_OWN_TEXT, "own"),
    **_terms(_OWN_LINKS, "own", "@id"),
    **_terms("asOf date period", "own", EDTF),
    **_terms("approximate passed revises superseded", "own", "xsd:boolean"),
    **_terms("low best high", "own", "xsd:double"),
    **_terms("independentSources", "own", "xsd:integer"),
}
"""Every term that `linked` writes; a processor needs no network to read it."""
