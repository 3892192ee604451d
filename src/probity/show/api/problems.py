"""Problems: every refusal under /v1 as JSON, in both languages."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from probity.guard.authorities.types import NotPermitted
from probity.judge.evaluation.types import NotGraded
from probity.terms import Text

logger = logging.getLogger(__name__)

PREFIX = "/v1/"

PLAIN: dict[int, tuple[str, Text]] = {
    400: ("unreadable", Text("请求无法读取", "the request could not be read")),
    401: (
        "no_key",
        Text(
            "需要有效的接口密钥：Authorization: Bearer pb_…",
            "a usable key is needed: Authorization: Bearer pb_…",
        ),
    ),
    403: ("not_permitted", Text("此密钥没有这项权限", "this key does not hold the permission")),
    404: ("not_found", Text("此地址下没有内容", "nothing is found at this address")),
    405: ("not_allowed", Text("此地址不接受这种请求方法", "this address does not take requests of this method")),
    409: ("conflict", Text("与现有内容冲突", "it conflicts with what is there")),
    410: ("gone", Text("已停止公示", "no longer public")),
    413: ("too_large", Text("请求过大", "the request is too large")),
    422: ("not_understood", Text("请求中有无法理解的部分", "a part of the request was not understood")),
    429: ("too_many", Text("请求过于频繁，请稍后再试", "too many requests; wait and go on")),
    500: ("failed", Text("我方出现故障，已记录", "something failed on our side; it has been written down")),
    503: ("maintained", Text("平台维护中，请稍后再试", "the platform is being maintained; come back soon")),
}
"""Status → code and sentence, where nothing more particular is known."""


class Refused(Exception):
    """A request that is refused for a particular reason."""

    def __init__(self, status: int, code: str, text: Text, *, wait_seconds: int = 0) -> None:
        """Keep what is answered; `wait_seconds` becomes Retry-After."""
        super().__init__(text.en)
        self.status, self.code, self.text, self.wait_seconds = status, code, text, wait_seconds


def problem(status: int, *, code: str = "", text: Text | None = None, fields: Any = ()) -> JsonResponse:
    """Return a refusal as JSON; its number stands in the log too."""
    plain_code, plain = PLAIN.get(status, PLAIN[400])
    said = text or plain
    number = secrets.token_hex(4).upper()
    number = f"{number[:4]}-{number[4:]}"
    content = {"code": code or plain_code, "zh": said.zh, "en": said.en, "number": number, "fields": list(fields)}
    answer = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="probity"'
    logger.info("request refused: status=%s code=%s number=%s", status, content["code"], number)
    return answer


def bind(api: NinjaAPI) -> None:
    """Tell an API how each kind of refusal is answered."""
    add: Any = api.add_exception_handler  # its types ask for the class as well as its instances
    add(Refused, _refused)
    add(NotPermitted, _not_permitted)
    add(NotGraded, lambda _, refusal: problem(409, code="not_graded", text=refusal.text))
    add(LookupError, _unknown)
    add(Http404, lambda *_: problem(404))
    add(AuthenticationError, lambda *_: problem(401))
    add(ValidationError, _not_understood)
    add(HttpError, lambda _, refusal: problem(refusal.status_code))
    add(Exception, _failed)


def _refused(_: HttpRequest, refusal: Refused) -> HttpResponse:
    answer = problem(refusal.status, code=refusal.code, text=refusal.text)
    if refusal.wait_seconds:
        answer["Retry-After"] = str(refusal.wait_seconds)
    return answer


def _not_permitted(_: HttpRequest, refusal: NotPermitted) -> HttpResponse:
    missing = refusal.permission
    text = Text(f"此密钥没有权限 {missing}", f"this key does not hold the permission {missing}")
    return problem(403, text=text)


def _unknown(request: HttpRequest, refusal: LookupError) -> HttpResponse:
    if isinstance(refusal, (KeyError, IndexError)):
        return _failed(request, refusal)  # a slip of ours, not an answer
    return problem(404, text=getattr(refusal, "text", None))


def _failed(request: HttpRequest, fault: Exception) -> HttpResponse:
    answer = problem(500)
    logger.error("request failed: path=%s", request.path, exc_info=fault)
    return answer


WORDS = {
    "missing": Text("必须填写", "is required"),
    "string_too_short": Text("太短", "is too short"),
    "string_too_long": Text("太长", "is too long"),
    "string_pattern_mismatch": Text("写法不符", "is not written as asked"),
    "greater_than_equal": Text("小于允许范围", "is below what is allowed"),
    "less_than_equal": Text("大于允许范围", "is above what is allowed"),
}


def _not_understood(_: HttpRequest, refusal: ValidationError) -> HttpResponse:
    fields = []
    for fault in refusal.errors:
        said = WORDS.get(fault["type"], Text("无法理解", "was not understood"))
        where = ".".join(str(part) for part in fault["loc"])
        fields.append({"where": where, "zh": said.zh, "en": said.en})
    return problem(422, fields=fields)


def in_both_languages(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Turn whatever refuses under /v1 outside the API itself into the same shape."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = answer(request)
        is_ours = request.path.startswith(PREFIX) and given.status_code >= 400
        if not is_ours or given.get("Content-Type", "").startswith("application/json"):
            return given
        told = problem(given.status_code)
        if "Allow" in given:
            told["Allow"] = given["Allow"]
        return told

    return middleware
