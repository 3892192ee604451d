"""Acts: entries of the trail as lines of a timeline, day by day, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from probity.guard.authorities.queries import title_of
from probity.guard.trail.queries import numbers_of
from probity.terms import Text, shanghai_day

LONGEST = 160
"""Characters of a value on a line; the whole stands in the export."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: when, what, who, about what, and what it changed."""

    at: datetime
    title: Text
    icon: str
    act: str
    by: str
    authority: Text | None
    about: str
    href: str
    changes: tuple[tuple[str, str, str], ...]
    details: tuple[tuple[str, str], ...]
    decision: str
    entry: int
    number: int | None


ROOMS: Mapping[str, tuple[Text, str]] = {
    "batch": (Text("批次", "delivery"), "file-import"),
    "quarantine": (Text("待核行", "quarantine"), "filter-exclamation"),
    "record": (Text("记录", "record"), "file-text"),
    "entry": (Text("名单", "list entry"), "list-details"),
    "enterprise": (Text("企业", "enterprise"), "building-store"),
    "evaluation": (Text("评价", "evaluation"), "chart-bar"),
    "authority": (Text("部门", "authority"), "building-store"),
    "officer": (Text("人员", "officer"), "user"),
    "role": (Text("角色", "role"), "user"),
    "account": (Text("账号", "account"), "user"),
    "readings": (Text("查阅", "readings"), "eye"),
    "embargo": (Text("暂不告知", "embargo"), "lock"),
    "industries": (Text("行业", "industries"), "book-2"),
}
"""First word of an act → the room it is done in, and its icon; another is shown as it is called."""

TITLES: Mapping[str, Text] = {
    "batch.opened": Text("开始接收批次", "Delivery begun"),
    "batch.resumed": Text("继续接收批次", "Delivery gone on with"),
    "batch.abandoned": Text("批次中止", "Delivery abandoned"),
    "batch.closed": Text("批次接收完毕", "Delivery taken in"),
    "batch.held": Text("批次整体暂扣", "Delivery held whole"),
    "quarantine.released": Text("待核行修正后放行", "Quarantined row mended and released"),
    "quarantine.rejected": Text("待核行剔除", "Quarantined row rejected"),
    "quarantine.returned": Text("待核行退回来源", "Quarantined row returned to its source"),
    "record.correction": Text("记录更正", "Record corrected"),
    "record.annulment": Text("记录撤销", "Record annulled"),
    "record.repair": Text("记录修复", "Record repaired"),
    "record.expiry": Text("记录届满", "Record expired"),
    "record.ending_settled": Text("核定拟终止", "Proposed ending decided"),
    "enterprise.renamed": Text("企业更名", "Enterprise renamed"),
    "enterprise.branch_attached": Text("登记分支机构", "Branch attached"),
    "evaluation.started": Text("评价开始", "Evaluation begun"),
    "evaluation.finished": Text("评价完成", "Evaluation finished"),
    "authority.established": Text("设立或变更部门", "Authority established or changed"),
    "officer.appointed": Text("任命人员", "Officer appointed"),
    "account.password_changed": Text("更改口令", "Password changed"),
    "account.signed_in": Text("登录", "Signed in"),
    "account.signed_out": Text("退出", "Signed out"),
    "account.locked": Text("账号锁定", "Account locked"),
    "account.unlocked": Text("账号解锁", "Account unlocked"),
    "account.proved": Text("再次验证身份", "Identity proved again"),
    "key.made": Text("签发接口密钥", "Program key made"),
    "key.rotated": Text("更换接口密钥", "Program key rotated"),
    "key.revoked": Text("吊销接口密钥", "Program key revoked"),
    "role.proposed": Text("拟授角色", "Role proposed"),
    "role.granted": Text("授予角色", "Role granted"),
    "role.refused": Text("退回角色", "Role refused"),
    "role.ended": Text("终止角色", "Role ended"),
    "readings.released": Text("查阅情况告知", "Readings told"),
    "readings.purged": Text("查阅记录到期清除", "Readings let go after their term"),
    "embargo.opened": Text("暂不告知开始", "Embargo opened"),
    "embargo.closed": Text("暂不告知结束", "Embargo closed"),
    "industries.added": Text("导入行业分类", "Industries added"),
}
"""Act → its title; one that has none is shown by its room and its name."""


def title_of_act(act: str) -> Text:
    """Return what an act is called, in words; of one without a title its room and its own name."""
    if act in TITLES:
        return TITLES[act]
    room, _, verb = act.partition(".")
    named = ROOMS.get(room, (Text(room, room), ""))[0]
    said = verb.replace("_", " ") or act
    return Text(f"{named.zh}：{said}", f"{named.en}: {said}")


def act_lines(entries: Sequence[Any], places: Mapping[str, str]) -> list[tuple[date, list[ActLine]]]:
    """Return entries as lines under their legal days, in the order given.

    Args:
        entries: of the trail.
        places: what an entry is about (`batch`) → the address name of its page on this face.
    """
    numbers = numbers_of(entry.pk for entry in entries)
    bodies = {key: Text(*title_of(key)) for key in {entry.authority for entry in entries} if key}
    lines = (_line(entry, numbers.get(entry.pk), bodies.get(entry.authority), places) for entry in entries)
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: shanghai_day(line.at))]


def _line(entry: Any, number: int | None, authority: Text | None, places: Mapping[str, str]) -> ActLine:
    return ActLine(
        at=entry.at,
        title=title_of_act(entry.act),
        icon=ROOMS.get(entry.act.partition(".")[0], (None, "clipboard-check"))[1],
        act=entry.act,
        by=entry.by,
        authority=authority,
        about=entry.about,
        href=_href(entry.about, places),
        changes=tuple(_changes(entry.before, entry.after)),
        details=tuple((name, _short(value)) for name, value in entry.detail.items()),
        decision=entry.decision,
        entry=entry.pk,
        number=number,
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys((*before, *after)):
        yield name, _short(before.get(name)), _short(after.get(name))


def _short(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, Mapping):
        text = ", ".join(f"{key}: {inner}" for key, inner in value.items())
    elif isinstance(value, Iterable) and not isinstance(value, str):
        text = ", ".join(map(str, value))
    else:
        text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _href(about: str, places: Mapping[str, str]) -> str:
    kind, _, key = about.partition(":")
    if kind not in places or not key:
        return ""
    return reverse(places[kind], args=[int(key) if key.isdigit() and len(key) < 18 else key])
