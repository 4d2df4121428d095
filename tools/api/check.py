"""Checks docs/openapi.json: the specification's own rules, and that every example is what its schema allows.

Prints one line a mistake and ends with 1 if there is any."""

import json
import sys

import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

METHODS = {"get", "post", "put", "patch", "delete"}


def examples(document):
    """Each body's schema and example, with the place in words."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            operation = item[method]
            bodies = [("request", operation.get("requestBody", {}).get("content", {}))]
            for status, answer in operation["responses"].items():
                if "$ref" in answer:
                    answer = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
                bodies.append((status, answer.get("content", {})))
            for what, content in bodies:
                for kind, media in content.items():
                    if kind != "text/event-stream":
                        yield f"{method.upper()} {path} {what}", media.get("schema", {}), media.get("example")


def mistakes(document):
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        yield f"specification: {'/'.join(map(str, error.absolute_path))}: {error.message}"
    root = "urn:api"
    resource = Resource(contents=document, specification=DRAFT202012)
    registry = Registry().with_resource(root, resource)
    for place, schema, example in examples(document):
        text = json.dumps(schema).replace('"#/', f'"{root}#/')
        validator = jsonschema.Draft202012Validator(json.loads(text), registry=registry)
        for error in validator.iter_errors(example):
            yield f"example: {place}: {'/'.join(map(str, error.absolute_path))}: {error.message}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        found = list(mistakes(json.load(file)))
    print("\n".join(found) if found else "the document keeps to its rules, its examples to their schemas")
    return 1 if found else 0


sys.exit(main())
