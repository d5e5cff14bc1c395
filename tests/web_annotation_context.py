"""The terms of the Web Annotation context that our annotations use, with the vocabulary's own IRIs.

https://www.w3.org/ns/anno.jsonld is fetched by nobody in a test; this says the same of these terms
(Web Annotation Vocabulary, W3C Recommendation, 2017).
"""

OA, AS, DC = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/elements/1.1/"


def _reference(iri: str, kind: str = "@id") -> dict[str, str]:
    return {"@id": iri, "@type": kind}


CONTEXT = {
    "@context": {
        "id": "@id",
        "type": "@type",
        "Annotation": f"{OA}Annotation",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "AnnotationCollection": f"{AS}OrderedCollection",
        "TextualBody": f"{OA}TextualBody",
        "TextQuoteSelector": f"{OA}TextQuoteSelector",
        "TextPositionSelector": f"{OA}TextPositionSelector",
        "Software": f"{AS}Application",
        "assessing": f"{OA}assessing",
        "describing": f"{OA}describing",
        "tagging": f"{OA}tagging",
        "body": _reference(f"{OA}hasBody"),
        "target": _reference(f"{OA}hasTarget"),
        "source": _reference(f"{OA}hasSource"),
        "selector": _reference(f"{OA}hasSelector"),
        "motivation": _reference(f"{OA}motivatedBy", "@vocab"),
        "purpose": _reference(f"{OA}hasPurpose", "@vocab"),
        "exact": f"{OA}exact",
        "prefix": f"{OA}prefix",
        "suffix": f"{OA}suffix",
        "start": _reference(f"{OA}start", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"),
        "end": _reference(f"{OA}end", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"),
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "format": f"{DC}format",
        "language": f"{DC}language",
        "generator": _reference(f"{AS}generator"),
        "name": "http://xmlns.com/foaf/0.1/name",
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "partOf": _reference(f"{AS}partOf"),
        "startIndex": _reference(f"{AS}startIndex", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"),
        "total": _reference(f"{AS}totalItems", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"),
        "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    }
}
