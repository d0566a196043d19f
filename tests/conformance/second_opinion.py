"""Reads requests by openapi-core, and says of each whether it finds in it the values that the caller gave.

The file of the first argument is JSON: `descriptions`, and `cases`, each with the index of its description, the path of its
operation there, the raw `head` and `body` (as hexadecimal digits) of the request, and what was given: `given` by the places
and names of parameters, and the `value` of the body. The output is JSON: a list of what is wrong with each, or null.
"""

import base64
import dataclasses
import json
import re
import sys
import warnings
from datetime import date, datetime
from urllib.parse import parse_qsl, unquote
from uuid import UUID

from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest
from werkzeug.datastructures import Headers, ImmutableMultiDict


def main():
    warnings.simplefilter("ignore")
    with open(sys.argv[1], encoding="utf-8") as file:
        work = json.load(file)
    heads = "".join(case["head"].lower() for case in work["cases"])
    config = Config(
        # Some cases are what OpenAPI does not define, so the description as a whole is not valid.
        spec_validator_cls=None,
        # What it does not know by itself: media types, and formats, which are read as their types.
        extra_media_type_deserializers={
            **{media: lambda text, **_: json.loads(text) for media in re.findall(r"application/[\w.-]+\+json", heads)},
            "text/csv": lambda text, **_: text.decode(),
        },
        extra_format_unmarshallers={
            name: lambda value: value for name in ["byte", "decimal", "duration", "int64", "uint64"]
        },
    )
    judges = []
    for description in work["descriptions"]:
        explode_deep_objects(description)
        try:
            judges.append(OpenAPI.from_dict(description, config=config))
        except Exception as error:
            judges.append(error)
    verdicts = [judged(work, judges, case) for case in work["cases"]]
    json.dump(verdicts, sys.stdout)


def explode_deep_objects(node):
    """States `explode` beside `deepObject`, where it has no effect: openapi-core wants to see it."""
    if isinstance(node, dict):
        if node.get("style") == "deepObject":
            node["explode"] = True
        for member in node.values():
            explode_deep_objects(member)
    elif isinstance(node, list):
        for item in node:
            explode_deep_objects(item)


def judged(work, judges, case):
    """What is wrong with a case, or nothing."""
    judge = judges[case["description"]]
    if isinstance(judge, Exception):
        return said(judge)
    try:
        description = work["descriptions"][case["description"]]
        mock, parameters = request(description, case)
        result = judge.unmarshal_request(mock)
        if result.errors:
            return "; ".join(said(error) for error in result.errors)
        return difference(case, result, parameters)
    except Exception as error:
        return said(error)


def said(error):
    """The words of an error and of what it comes from, in a line."""
    words = []
    while error is not None:
        words.append(f"{type(error).__name__}: {error}")
        error = error.__cause__
    return " ".join(" < ".join(words).split())


def request(description, case):
    """The request as a framework would hand it over: taken apart, and no longer percent-encoded."""
    line, *lines = case["head"].split("\r\n")
    method, target, _ = line.split(" ")
    headers = [tuple(line.split(": ", 1)) for line in lines]
    path, _, query = target.partition("?")
    path = path[path.index(f"/{case['id']}") :]
    item = description["paths"][case["path"]]
    listed = item.get("parameters", []) + item.get(method.lower(), {}).get("parameters", [])
    parameters = {}
    for parameter in (resolved(description, one) for one in listed):
        schema = resolved(description, parameter.get("schema", {}))
        parameters[parameter["in"], parameter["name"]] = Parameter(
            parameter.get("style"), parameter.get("explode"), schema.get("type"), "schema" in parameter
        )
    mock = MockRequest(
        "http://localhost",
        method,
        path,
        path_pattern=case["path"],
        view_args=path_arguments(case["path"], path, parameters),
        data=bytes.fromhex(case["body"]),
        content_type=next((value for name, value in headers if name == "content-type"), ""),
    )
    cookies = [text for name, value in headers if name == "cookie" for text in value.split("; ")]
    mock.parameters.query = ImmutableMultiDict(pairs(query, "query", parameters))
    mock.parameters.header = Headers(headers)
    mock.parameters.cookie = ImmutableMultiDict(
        pair for text in cookies for pair in pairs(text, "cookie", parameters)
    )
    return mock, parameters


@dataclasses.dataclass
class Parameter:
    """What of a parameter says how its value is spelled."""

    style: str | None
    explode: bool | None
    type: str | None
    has_schema: bool
    is_raw: bool = False

    def is_exploded_object(self):
        """Whether its members stand in its place."""
        return self.has_schema and self.style in (None, "form") and self.explode in (None, True) and self.type == "object"


def resolved(description, node):
    """What a reference leads to."""
    while "$ref" in node:
        found = description
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def path_arguments(template, path, parameters):
    """The values of a path, under the names that openapi-core gives them: `;color*` of an exploded matrix."""
    parts = re.split(r"\{([^}]*)\}", template)
    pattern = "".join("([^/]*)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    arguments = {}
    for name, value in zip(parts[1::2], re.fullmatch(pattern, path).groups()):
        parameter = parameters["path", name]
        sign = {"label": ".", "matrix": ";"}.get(parameter.style, "")
        star = "*" if sign and parameter.explode else ""
        arguments[f"{sign}{name}{star}"] = decoded(value, parameter)
    return arguments


def pairs(text, place, parameters):
    """The pairs of a query, or of a cookie."""
    found, members = [], {}
    for pair in text.split("&") if text else []:
        name, _, value = pair.partition("=")
        name = unquote(name)
        parameter = parameters.get((place, name))
        if parameter is not None:
            found.append((name, decoded(value, parameter)))
            continue
        # openapi-core reads the members of an exploded object as one text under the name of the object.
        owner = next((key[1] for key, one in parameters.items() if key[0] == place and one.is_exploded_object()), None)
        if owner is None:
            found.append((name, unquote(value)))
        else:
            members.setdefault(owner, []).append(f"{name}={unquote(value)}")
    return found + [(owner, "&".join(all)) for owner, all in members.items()]


def decoded(value, parameter):
    """The value without its percent-encoding, unless that would make a delimiter of what is none, or of one something else:
    then it is decoded once it is divided."""
    text = unquote(value)
    if parameter.style == "cookie":
        return value
    if parameter.style == "spaceDelimited":
        parameter.is_raw = True
    elif parameter.has_schema and parameter.type in ("array", "object") and parameter.style != "pipeDelimited":
        parameter.is_raw = any(text.count(delimiter) != value.count(delimiter) for delimiter in ",;.=")
    return value if parameter.is_raw else text


def difference(case, result, parameters):
    """Where the values are not those that were given."""
    for key, value in case["given"].items():
        place, name = key.split(":", 1)
        expected = plain(value)
        if expected in (None, [], {}):
            continue
        values = getattr(result.parameters, place)
        if name not in values:
            return f"{key} was not found"
        found = plain(values[name])
        if parameters[place, name].is_raw:
            found = each_text(unquote, found)
        if found != expected:
            return f"{key} is {json.dumps(found)}"
    if case["value"] is None:
        return None
    expected, found = plain(case["value"]), plain(result.body)
    if isinstance(expected, dict) and isinstance(found, dict):
        # Headers of parts are judged by nobody, and what is empty is absent.
        expected = {name: value for name, value in expected.items() if ": " not in name and value != []}
        found = {name: value for name, value in found.items() if value != []}
    return None if same(expected, found) else f"the body is {json.dumps(found)}"


def same(expected, found):
    """Whether two values are the same; base64 may have been decoded."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(same(expected[name], found[name]) for name in expected)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, str) and isinstance(found, str) and expected != found:
        return expected == base64.b64encode(found.encode()).decode()
    return expected == found


def each_text(change, value):
    """The value with each of its texts changed."""
    if isinstance(value, dict):
        return {change(name): each_text(change, member) for name, member in value.items()}
    if isinstance(value, list):
        return [each_text(change, item) for item in value]
    return change(value) if isinstance(value, str) else value


def plain(value):
    """The value as JSON. Members that are null are as good as absent, and bytes are hexadecimal digits."""
    if dataclasses.is_dataclass(value):
        value = dataclasses.asdict(value)
    if isinstance(value, dict):
        if "hex" in value:
            return value["hex"]
        members = ((name, plain(member)) for name, member in value.items())
        return {name: member for name, member in members if member is not None}
    if isinstance(value, (list, tuple)):
        return [item for item in map(plain, value) if item is not None]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


if __name__ == "__main__":
    main()
