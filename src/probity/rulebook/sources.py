"""Sources: who delivers, and how columns of a feed become fields of records.

The format of `sources/<source>/source.yaml` and `sources/<source>/<feed>.yaml` is written down
for people in `docs/reference/feed-profiles.md`. Profiles map what is delivered; what a record
must have stands in its record type, against which every profile is checked here.
"""

import hashlib
from collections.abc import Mapping

from probity.rulebook.reading import FaultList, Node
from probity.rulebook.types import (
    SUBJECT_FIELDS,
    Delivers,
    FeedColumn,
    FeedProfile,
    Form,
    RecordField,
    RecordType,
    Route,
    Source,
    Undated,
)

_UNITS = ("yuan", "ten_thousand_yuan")
_CODE_FORMS = {"credit_code": Form.CREDIT_CODE}


def read_source(node: Node, key: str) -> Source:
    """Read who delivers.

    Raises:
        RuleFault: on anything missing or unknown.
    """
    source = Source(
        key=key,
        authority=node.need("authority").text(),
        title=node.need("title").both(),
        authority_title=node.need("authority_title").both(),
        region=node.need("region").text(),
        terms_of_use=node.need("terms_of_use").both(),
    )
    node.close()
    return source


def read_closing_words(node: Node) -> tuple[str, ...]:
    """Read `sources/defaults.yaml`: with what words total and signature lines begin, in every feed.

    Raises:
        RuleFault: on anything missing or unknown.
    """
    words = node.need("closing_words").texts()
    node.close()
    return words


def read_feed(
    node: Node,
    source: str,
    feed: str,
    record_types: Mapping[str, RecordType],
    closing_words: tuple[str, ...] = (),
) -> FeedProfile:
    """Read one profile and check it against the record types it feeds.

    `closing_words` are those of every feed; the profile may add its own.

    Raises:
        RulebookFaults: all faults of the profile together.
    """
    faults = FaultList()
    title = node.need("title").both()
    delivers = Delivers(node.need("delivers").choice(*Delivers))
    routes = _read_routes(node, record_types)
    fed = {route.record_type: record_types[route.record_type] for route in routes}
    columns: list[FeedColumn] = []
    for header, stated in node.need("columns").entries():
        for one in stated.items() if stated.is_sequence else [stated]:
            with faults.gathering():
                columns.append(_read_column(header, one, fed))
    least, most = _read_expects(node.need("expects"))
    day = node.take("business_day")
    operation = node.take("operation")
    profile = FeedProfile(
        key=f"{source}/{feed}",
        source=source,
        title=title,
        digest=_digest(node, closing_words),
        delivers=delivers,
        routes=routes,
        columns=tuple(columns),
        ignored=_texts(node, "ignored"),
        persons=_texts(node, "persons"),
        person_rows=_read_person_rows(node),
        operation=operation.text() if operation else "",
        least_rows=least,
        most_rows=most,
        business_day=day.text() if day else next(iter(fed.values())).occurred_on,
        closing_words=(*closing_words, *_texts(node, "closing_words")),
    )
    for check in (_check_headers, _check_operation):
        with faults.gathering():
            check(node, profile)
    with faults.gathering():
        _check_filled(node, profile, fed)
    with faults.gathering():
        node.close()
    faults.settle()
    return profile


def _digest(node: Node, closing_words: tuple[str, ...]) -> str:
    """Return the version of a profile: its own meaning, and the words it shares with every feed."""
    return hashlib.sha256("\n".join([node.digest(), *closing_words]).encode()).hexdigest()


def _texts(node: Node, key: str) -> tuple[str, ...]:
    stated = node.take(key)
    return stated.texts() if stated else ()


def _read_routes(node: Node, record_types: Mapping[str, RecordType]) -> tuple[Route, ...]:
    several = node.take("routes")
    routes = (
        [_read_route(one, record_types) for one in several.items()] if several else [_read_route(node, record_types)]
    )
    for place, route in enumerate(routes[:-1]):
        if several and not route.header:
            several.items()[place].fail("不限条件的去向应放在最后", "a route for every row stands last")
    if not routes and several:
        several.fail("至少应有一个去向", "at least one route is needed")
    return tuple(routes)


def _read_route(node: Node, record_types: Mapping[str, RecordType]) -> Route:
    """Read a route; a profile without `routes` is one route for every row."""
    is_entry = node.path != ""
    header = node.take("header") if is_entry else None
    values = node.need("values").texts() if header else ()
    named = node.need("record_type")
    record_type = record_types.get(named.text())
    if record_type is None:
        named.fail(f"没有记录类型「{named.text()}」", f"there is no record type {named.text()!r}")
    constants: dict[str, str] = {}
    stated = node.take("constants")
    for key, value in stated.entries() if stated else ():
        field = record_type.fields.get(key)
        if field is None:
            value.fail(f"没有字段「{key}」", f"{record_type.key} has no field {key!r}")
        if field.form is Form.CHOICE and value.text() not in field.choices:
            value.fail(f"没有取值「{value.text()}」", f"{key!r} offers no {value.text()!r}")
        constants[key] = value.text()
    if is_entry:
        node.close()
    return Route(header.text() if header else "", values, record_type.key, constants)


def _read_column(header: str, node: Node, fed: Mapping[str, RecordType]) -> FeedColumn:
    if not node.is_mapping:
        return FeedColumn((header,), node.text(), _form(node, node.text(), None, fed))
    key = node.need("field").text()
    stated = node.take("form")
    form = _form(node, key, Form(stated.choice(*Form)) if stated else None, fed)
    unit, required = node.take("unit"), node.take("required")
    part, day_first = node.take("part"), node.take("day_first")
    if (part or day_first) and form is not Form.DAY:
        node.fail("part 和 day_first 只用于日期列", "part and day_first are for days only")
    if (form is Form.MONEY) != (unit is not None):
        node.fail("金额列须写 unit，其他列不写", "unit is stated for money, and only there")
    column = FeedColumn(
        headers=(header, *_texts(node, "also")),
        field=key,
        form=form,
        required=required.flag() if required else False,
        unit=unit.choice(*_UNITS) if unit else "",
        values=_read_values(node, key, fed),
        empties=_texts(node, "empties"),
        part=part.choice("start", "end") if part else "",
        day_first=day_first.flag() if day_first else False,
    )
    node.close()
    return column


def _fields(key: str, fed: Mapping[str, RecordType]) -> list[RecordField]:
    return [record_type.fields[key] for record_type in fed.values() if key in record_type.fields]


def _form(node: Node, key: str, stated: Form | None, fed: Mapping[str, RecordType]) -> Form:
    """Return how the column is written: as its field is, or as any code, where the file says so."""
    if key in SUBJECT_FIELDS:
        own = {_CODE_FORMS.get(key, Form.TEXT)}
        own |= {Form.ANY_CODE} if key == "credit_code" else set()
    else:
        own = {field.form for field in _fields(key, fed)}
    if not own:
        node.fail(f"没有字段「{key}」", f"no record type of this feed has a field {key!r}")
    form = stated or _CODE_FORMS.get(key) or next(iter(own))
    if form not in own or (stated is None and key not in SUBJECT_FIELDS and len(own) > 1):
        node.fail(f"字段「{key}」的形式不符", f"the field {key!r} is not of form {form}")
    return form


def _read_values(node: Node, key: str, fed: Mapping[str, RecordType]) -> dict[str, str]:
    stated = node.take("values")
    if stated is None:
        return {}
    choices = {value for field in _fields(key, fed) for value in field.choices}
    values: dict[str, str] = {}
    for raw, choice in stated.entries():
        values[raw] = choice.text()
        if choices and values[raw] not in choices:
            choice.fail(f"没有取值「{values[raw]}」", f"{key!r} offers no {values[raw]!r}")
    return values


def _read_person_rows(node: Node) -> dict[str, tuple[str, ...]]:
    stated = node.take("person_rows")
    return {header: values.texts() for header, values in stated.entries()} if stated else {}


def _read_expects(node: Node) -> tuple[int, int]:
    rows = node.need("rows")
    least = rows.need("least").integer(least=0)
    most = rows.need("most").integer(least=max(least, 1))
    rows.close()
    node.close()
    return least, most


def _check_headers(node: Node, profile: FeedProfile) -> None:
    """Refuse a header that is both read and left unread, or read twice."""
    seen: set[str] = set()
    named = [header for headers in dict.fromkeys(column.headers for column in profile.columns) for header in headers]
    for header in [*named, *profile.ignored, *profile.persons]:
        if header in seen:
            node.fail(f"列「{header}」出现两次", f"the column {header!r} is named twice")
        seen.add(header)


def _check_operation(node: Node, profile: FeedProfile) -> None:
    if (profile.delivers is Delivers.ENVELOPE) != bool(profile.operation):
        node.fail("只有 envelope 需要且必须写 operation", "operation is stated for an envelope, and only there")


def _check_filled(node: Node, profile: FeedProfile, fed: Mapping[str, RecordType]) -> None:
    """Refuse a profile that leaves a required field without a column or a constant."""
    columns = {column.field for column in profile.columns}
    if not columns & set(SUBJECT_FIELDS):
        node.fail("没有指明主体的列", "no column says of whom the rows speak")
    if len(columns) < len(profile.columns):
        node.fail("两列写入同一字段", "two columns fill one field")
    for route in profile.routes:
        record_type = fed[route.record_type]
        needed = {key for key, field in record_type.fields.items() if field.required}
        if record_type.undated is Undated.REFUSED:
            needed.add(record_type.occurred_on)
        for key in sorted(needed - columns - set(route.constants)):
            node.fail(f"必填字段「{key}」没有来源", f"nothing fills {key!r}, which {record_type.key} requires")
    if not any(profile.business_day in record_type.fields for record_type in fed.values()):
        node.fail("business_day 不是字段", f"business_day names no field: {profile.business_day!r}")
