"""The discovery document, from which Google's own client libraries build themselves."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Final

import re2
from starlette.requests import Request
from starlette.responses import Response

from ombud.settings import Settings
from ombud.web.asked import SCORE_TYPES, TEXT_TYPES
from ombud.web.wire import GoogleError, answer

_HOST = re2.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_PLACE: Final = {"type": "integer", "format": "int32"}
_NUMBER: Final = {"type": "number", "format": "float"}
_SCORE_TYPE: Final = {"type": "string", "enum": SCORE_TYPES}
_TEXTS: Final = {"type": "array", "items": _TEXT}


def _ref(name: str) -> dict[str, object]:
    """Return a reference to a schema."""
    return {"$ref": name}


def _list(name: str) -> dict[str, object]:
    """Return a list of objects of a schema."""
    return {"type": "array", "items": _ref(name)}


def _map(name: str) -> dict[str, object]:
    """Return an object whose values follow a schema."""
    return {"type": "object", "additionalProperties": _ref(name)}


_PROPERTIES: Final[Mapping[str, Mapping[str, object]]] = {
    "AnalyzeCommentRequest": {
        "comment": _ref("TextEntry"),
        "context": _ref("Context"),
        "requestedAttributes": _map("AttributeParameters"),
        "languages": _TEXTS,
        "doNotStore": _FLAG,
        "spanAnnotations": _FLAG,
        "dropUnsupportedAttributes": _FLAG,
        "clientToken": _TEXT,
        "sessionId": _TEXT,
        "communityId": _TEXT,
    },
    "AnalyzeCommentResponse": {
        "attributeScores": _map("AttributeScores"),
        "languages": _TEXTS,
        "detectedLanguages": _TEXTS,
        "clientToken": _TEXT,
    },
    "SuggestCommentScoreRequest": {
        "comment": _ref("TextEntry"),
        "context": _ref("Context"),
        "attributeScores": _map("AttributeScores"),
        "languages": _TEXTS,
        "doNotStore": _FLAG,
        "clientToken": _TEXT,
        "sessionId": _TEXT,
        "communityId": _TEXT,
    },
    "SuggestCommentScoreResponse": {
        "clientToken": _TEXT,
        "requestedLanguages": _TEXTS,
        "detectedLanguages": _TEXTS,
    },
    "TextEntry": {
        "text": _TEXT,
        "type": {"type": "string", "enum": TEXT_TYPES},
    },
    "Context": {
        "entries": _list("TextEntry"),
        "articleAndParentComment": _ref("ArticleAndParentComment"),
    },
    "ArticleAndParentComment": {
        "article": _ref("TextEntry"),
        "parentComment": _ref("TextEntry"),
    },
    "AttributeParameters": {"scoreType": _SCORE_TYPE, "scoreThreshold": _NUMBER},
    "AttributeScores": {"summaryScore": _ref("Score"), "spanScores": _list("SpanScore")},
    "SpanScore": {"begin": _PLACE, "end": _PLACE, "score": _ref("Score")},
    "Score": {"value": _NUMBER, "type": _SCORE_TYPE},
}
_PARAMETERS: Final = {
    name: {"type": "string", "location": "query"}
    for name in (
        *("$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token"),
        *("prettyPrint", "quotaUser", "uploadType", "upload_protocol"),
        *("ombud", "model"),
    )
}


def document(root_url: str, service_path: str) -> dict[str, object]:
    """Return the document for a service that clients reach at this address."""
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": "commentanalyzer:v1alpha1",
        "name": "commentanalyzer",
        "version": "v1alpha1",
        "title": "Comment Analyzer",
        "description": "Scores readers' comments by the paper's own policy.",
        "protocol": "rest",
        "rootUrl": root_url,
        "servicePath": service_path,
        "baseUrl": root_url + service_path,
        "batchPath": "batch",
        "parameters": _PARAMETERS,
        "resources": {
            "comments": {
                "methods": {
                    "analyze": _method("analyze", "AnalyzeComment"),
                    "suggestscore": _method("suggestscore", "SuggestCommentScore"),
                }
            }
        },
        "schemas": {
            name: {"id": name, "type": "object", "properties": properties}
            for name, properties in _PROPERTIES.items()
        },
    }


def _method(name: str, message: str) -> dict[str, object]:
    """Return the description of one method."""
    path = f"v1alpha1/comments:{name}"
    return {
        "id": f"commentanalyzer.comments.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "parameterOrder": (),
        "parameters": {},
        "request": _ref(f"{message}Request"),
        "response": _ref(f"{message}Response"),
    }


class Discovery:
    """The endpoint; a prefix of its path becomes the prefix of the methods."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings, which say what address to believe in."""
        self._public_url = settings.public_url.rstrip("/")
        self._proxies = [ip_network(proxy) for proxy in settings.trusted_proxies]

    async def __call__(self, request: Request) -> Response:
        """Return the document."""
        request.scope["label"] = "discovery"
        base = request.path_params["base"]
        if base and not base.endswith("/"):
            return GoogleError("Requested entity was not found.", code=404).response()
        return answer(document(f"{self._root(request)}/", base))

    def _root(self, request: Request) -> str:
        """
        Return where the client reaches us: as configured, as a trusted proxy says, or the socket.

        Never what the Host header says: that would let anybody point our readers' clients away.
        """
        if self._public_url:
            return self._public_url
        host = request.headers.get("x-forwarded-host", "").rpartition(",")[2].strip()
        if self._trusted(request) and _HOST.fullmatch(host):
            scheme = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip()
            return f"{'https' if scheme == 'https' else 'http'}://{host}"
        address, port = request.scope.get("server") or ("127.0.0.1", None)
        written = f"[{address}]" if ":" in address else address
        return f"http://{written}:{port}" if port else f"http://{written}"

    def _trusted(self, request: Request) -> bool:
        """Whether the request comes from a proxy that the settings name."""
        if request.client is None or not self._proxies:
            return False
        try:
            client = ip_address(request.client.host)
        except ValueError:
            return False
        return any(client in proxy for proxy in self._proxies)
