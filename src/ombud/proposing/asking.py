"""One question to a language model over HTTP, by OpenAI's protocol, within bounds."""

import json
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Self

import httpx2

from ombud.errors import FetchError, SettingsError

if TYPE_CHECKING:
    from ombud.settings import Settings

_LARGEST: Final = 1 << 18
"""Bytes of an answer that are read."""
_TOKENS: Final = 400
_OK: Final = 200
_BUSY: Final = 429
_FAULT: Final = 500


class LanguageModel:
    """A language model at the address that is set; no other host is ever asked."""

    def __init__(self, url: str, name: str, key: str = "", *, within: float = 30.0) -> None:
        """Take its address (up to "/v1"), its name there, a key, and seconds for one answer."""
        self.name = name
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._key = key
        self._within = within

    @classmethod
    def of(cls, settings: "Settings") -> Self:
        """Return the model that is set; raises SettingsError if there is none."""
        if not settings.language_model_url:
            message = "no language model is set; 'language_model_url' holds the address of one"
            raise SettingsError(message)
        return cls(
            settings.language_model_url, settings.language_model, settings.language_model_key
        )

    def ask(self, task: str, given: object) -> str:
        """
        Return what it answers to a task about something given, which it gets as JSON.

        Raises FetchError if it does not answer in time, or not by the protocol.
        """
        question = {
            "model": self.name,
            "temperature": 0,
            "max_tokens": _TOKENS,
            "messages": [
                {"role": "system", "content": task},
                {"role": "user", "content": json.dumps(given, ensure_ascii=False)},
            ],
        }
        answer = self._sent(question)
        try:
            said = json.loads(answer)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            message = "the language model did not answer by OpenAI's protocol"
            raise FetchError(message) from error
        if not isinstance(said, str):
            message = "the language model answered without a text"
            raise FetchError(message)
        return said

    def _sent(self, question: dict[str, Any]) -> bytes:
        """Return the body of the answer."""
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        until = monotonic() + self._within
        try:
            # No proxy of the environment and no redirect: the address is the only one there is.
            with (
                httpx2.Client(trust_env=False, timeout=self._within, headers=headers) as client,
                client.stream("POST", self._url, json=question) as answer,
            ):
                return _read(answer, until)
        except httpx2.TimeoutException as error:
            raise _late(self._within) from error
        except TimeoutError as error:
            raise _late(self._within) from error
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError) as error:
            message = "the language model cannot be reached at the address that is set"
            raise FetchError(message, passing=True) from error


def _read(answer: httpx2.Response, until: float) -> bytes:
    """Return a body; raises TimeoutError when it is late, and FetchError where it is no answer."""
    if answer.status_code != _OK:
        message = f"the language model answered {answer.status_code}, not {_OK}"
        passing = answer.status_code >= _FAULT or answer.status_code == _BUSY
        raise FetchError(message, passing=passing)
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > _LARGEST:
            message = f"the language model answered more than {_LARGEST >> 10} KB"
            raise FetchError(message, "too_large")
        if monotonic() > until:
            raise TimeoutError
    return bytes(body)


def _late(seconds: float) -> FetchError:
    """Return the error of an answer that did not come."""
    return FetchError(f"the language model did not answer within {seconds:g} s", passing=True)
