"""Record types: what may be recorded, how long it counts, what may be shown."""

from collections.abc import Callable, Mapping

from probity.rulebook.reading import FaultList, Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import (
    DATED_BY_DELIVERY,
    DATED_FIELD,
    SUBJECT_FIELDS,
    Bearing,
    Form,
    Publicity,
    RecordField,
    RecordType,
    RuleFile,
    Stage,
    Undated,
)
from probity.terms import Text

_FIELD_KEY_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def read_record_type(node: Node, texts: RuleTexts, file: RuleFile) -> RecordType:
    """Read one edition of a record type.

    Raises:
        RulebookFaults: all faults of the file together: unknown keys, a date that is no day,
            a value that is no choice, a field or choice without its label.
    """
    faults = FaultList()
    reference = node.reference()
    fields = _read_fields(node.need("fields"), reference.instrument, texts, faults)
    faults.settle()
    retention = node.need("retention")
    stand_in = node.take("undated")
    undated = Undated(stand_in.choice(*Undated)) if stand_in else Undated.REFUSED
    pick = _Picker(node, fields)
    record_type = RecordType(
        key=file.key,
        file=file,
        title=texts.title,
        reference=reference,
        stage=Stage(node.need("stage").choice(*Stage)),
        bearing=Bearing(node.need("bearing").choice(*Bearing)),
        adverse_when=pick.values("adverse_when"),
        neutral_when=pick.values("neutral_when"),
        identity=pick.identity(),
        fields=fields,
        occurred_on=pick.dated(undated),
        until=pick.optional("until", Form.DAY),
        kind=pick.optional("kind", Form.CHOICE),
        degree=pick.optional("degree", Form.CHOICE),
        amount=pick.optional("amount", Form.MONEY),
        points=pick.optional("points", Form.POINTS),
        retention_months=retention.need("months").integer(least=1),
        retention_reference=retention.reference(reference.instrument),
        publicity=_read_publicity(node, reference.instrument, pick, texts),
        undated=undated,
        confidence=texts.confidence,
        notes=texts.notes,
    )
    with faults.gathering():
        _check_exceptions(node, record_type)
    for whole in (retention, node):
        with faults.gathering():
            whole.close()
    with faults.gathering():
        texts.close()
    faults.settle()
    return record_type


def _read_fields(node: Node, instrument: str, texts: RuleTexts, faults: FaultList) -> Mapping[str, RecordField]:
    fields: dict[str, RecordField] = {}
    for key, stated in node.entries():
        with faults.gathering():
            fields[key] = _read_field(key, stated, instrument, texts)
    return fields


def _read_field(key: str, node: Node, instrument: str, texts: RuleTexts) -> RecordField:
    if key in SUBJECT_FIELDS:
        node.fail("主体字段由登记规则统一规定", "the subject's own columns are the same for all record types")
    if not set(key) <= _FIELD_KEY_SIGNS:
        node.fail("字段键只用小写字母、数字和下划线", "a field's key has small letters, digits and underscores")
    form = Form(node.need("form").choice(*Form))
    if form is Form.ANY_CODE:
        node.fail("any_code 只用于来源的列", "any_code is for a source's column, not for a field")
    choices: dict[str, Text] = {}
    if form is Form.CHOICE:
        choices = {value: texts.label(f"{key}.{value}") for value in node.need("choices").texts()}
    longest = node.take("most_characters")
    required = node.take("required")
    field = RecordField(
        key=key,
        form=form,
        reference=node.reference(instrument),
        title=texts.label(key),
        required=required.flag() if required else False,
        choices=choices,
        most_characters=longest.integer(least=1) if longest else 2000,
    )
    node.close()
    return field


def _check_exceptions(node: Node, record_type: RecordType) -> None:
    """Refuse an exception that says what the type says already."""
    if record_type.adverse_when and record_type.bearing is Bearing.ADVERSE:
        node.need("adverse_when").fail("不利类型无须再列不利取值", "an adverse type needs no adverse values")
    if record_type.neutral_when and record_type.bearing is not Bearing.ADVERSE:
        node.need("neutral_when").fail("仅不利类型可列中性取值", "only an adverse type has neutral values")


class _Picker:
    """Picks the fields a record type names for a part, and refuses those of another form."""

    def __init__(self, node: Node, fields: Mapping[str, RecordField]) -> None:
        self.node, self.fields = node, fields

    def field(self, node: Node, form: Form | None = None) -> str:
        """Return the field a node names, of that form."""
        key = node.text()
        if key not in self.fields:
            node.fail(f"没有字段「{key}」", f"there is no field {key!r}")
        if form and self.fields[key].form is not form:
            node.fail(f"字段「{key}」应为 {form}", f"the field {key!r} should be of form {form}")
        return key

    def optional(self, name: str, form: Form, node: Node | None = None) -> str | None:
        """Return the field named under `name`, or None."""
        stated = (node or self.node).take(name)
        return self.field(stated, form) if stated else None

    def identity(self) -> tuple[str, ...]:
        """Return the fields that name the fact; each must be there in every row."""
        stated = self.node.take("identity")
        if stated is None:
            return ()
        for one in stated.items():
            if not self.fields[self.field(one)].required:
                one.fail("标识字段应为必填", "a field of the identity is required in every row")
        return stated.texts()

    def dated(self, undated: Undated) -> str:
        """Return the field that dates the fact: required, unless the delivery's day may stand in."""
        stated = self.node.need("occurred_on")
        key = self.field(stated, Form.DAY)
        mark = self.fields.get(DATED_FIELD)
        if undated is Undated.REFUSED and not self.fields[key].required:
            stated.fail("记录日期字段应为必填", "the field that dates the fact is required")
        if undated is Undated.DELIVERY_DAY and (mark is None or DATED_BY_DELIVERY not in mark.choices):
            stated.fail(
                f"需要选择字段「{DATED_FIELD}」，含「{DATED_BY_DELIVERY}」",
                f"a choice field {DATED_FIELD!r} with {DATED_BY_DELIVERY!r} is needed",
            )
        return key

    def by_value(self, node: Node | None, read: Callable[[str, Node], object]) -> None:
        """Call `read` with each field and its node; the field must be a choice."""
        for key, stated in node.entries() if node else ():
            if key not in self.fields or self.fields[key].form is not Form.CHOICE:
                stated.fail(f"「{key}」不是选择字段", f"{key!r} is no field of form choice")
            read(key, stated)

    def known_value(self, key: str, value: str, node: Node) -> None:
        """Refuse a value the field does not offer."""
        if value not in self.fields[key].choices:
            node.fail(f"「{key}」没有取值「{value}」", f"{key!r} offers no {value!r}")

    def values(self, name: str, node: Node | None = None) -> Mapping[str, tuple[str, ...]]:
        """Return field → values, each offered by its field."""
        found: dict[str, tuple[str, ...]] = {}

        def read(key: str, stated: Node) -> None:
            found[key] = stated.texts()
            for value in found[key]:
                self.known_value(key, value, stated)

        self.by_value((node or self.node).take(name), read)
        return found


def _read_publicity(node: Node, instrument: str, pick: _Picker, texts: RuleTexts) -> Publicity | None:
    stated = node.take("publicity")
    if stated is None:
        return None
    lengthened: dict[str, dict[str, int]] = {}

    def read(key: str, terms: Node) -> None:
        lengthened[key] = {}
        for value, months in terms.entries():
            pick.known_value(key, value, months)
            lengthened[key][value] = months.integer(least=1)

    pick.by_value(stated.take("months_when"), read)
    months, term = stated.take("months"), stated.take("term")
    publicity = Publicity(
        reference=stated.reference(instrument),
        starts=pick.field(stated.need("starts"), Form.DAY),
        ends=pick.optional("ends", Form.DAY, stated),
        months=months.integer(least=1) if months else None,
        refuses=pick.values("refuses", stated),
        objection=texts.label("publicity.objection"),
        months_when=lengthened,
        term_reference=term.reference(instrument) if term else None,
    )
    if term:
        term.close()
    if lengthened and publicity.months is None:
        stated.fail("有 months_when 时须写最短的 months", "with months_when, months states the shortest term")
    stated.close()
    return publicity
