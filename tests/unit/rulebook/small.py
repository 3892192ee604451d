"""A small rulebook as texts: instrument, type and feed, to be spoilt by tests."""

from probity.rulebook import Rulebook, RulebookFaults, RuleFault

INSTRUMENT = """\
kind: rule
number: Order 1
articles: [art. 1, art. 2]
"""
INSTRUMENT_TEXT = """\
title: {zh: 办法, en: Measures}
confidence: sure
labels:
  issuer: {zh: 市政府, en: City government}
  art. 1: {zh: 记录, en: Records}
  art. 2: {zh: 公示, en: Publicity}
"""
PENALTY = """\
instrument: measure
article: art. 1
stage: after
bearing: adverse
neutral_when: {category: [no-penalty]}
identity: [number]
occurred_on: decided_on
kind: category
amount: fine
fields:
  number: {form: document, required: true, article: art. 1}
  decided_on: {form: day, required: true, article: art. 1}
  category: {form: choice, required: true, choices: [warning, fine, no-penalty], article: art. 1}
  fine: {form: money, article: art. 1}
retention: {months: 60, article: art. 1}
publicity:
  article: art. 2
  starts: decided_on
  months: 3
  months_when: {category: {fine: 36}}
  refuses: {category: [warning, no-penalty]}
"""
PENALTY_TEXT = """\
title: {zh: 行政处罚, en: Penalty}
confidence: likely
labels:
  number: {zh: 文号, en: Number}
  decided_on: {zh: 日期, en: Day}
  category: {zh: 种类, en: Kind}
  category.warning: {zh: 警告, en: Warning}
  category.fine: {zh: 罚款, en: Fine}
  category.no-penalty: {zh: 不予处罚, en: No penalty}
  fine: {zh: 罚款金额, en: Fine}
  publicity.objection: {zh: 可提出异议, en: You may object}
"""
SOURCE = """\
authority: city
region: "110000"
title: {zh: 市数据, en: City data}
authority_title: {zh: 市, en: City}
terms_of_use: {zh: 注明来源, en: Name the source}
"""
FEED = """\
title: {zh: 处罚, en: Penalties}
delivers: increments
record_type: penalty
columns:
  企业名称: enterprise_name
  代码: {field: credit_code, form: any_code, required: true, also: [统一代码], empties: ["/"]}
  文号: number
  日期: {field: decided_on, required: true}
  种类: {field: category, values: {罚款: fine, "*": warning}}
  金额: {field: fine, unit: ten_thousand_yuan}
ignored: [序号]
persons: [法定代表人]
person_rows: {类别: [自然人]}
expects: {rows: {least: 1, most: 100}}
"""
PATHS = {
    "instrument": "instruments/measure/2020-01-01.yaml",
    "instrument text": "instruments/measure/2020-01-01.text.yaml",
    "penalty": "record_types/penalty/2020-06-01.yaml",
    "penalty text": "record_types/penalty/2020-06-01.text.yaml",
    "source": "sources/city/source.yaml",
    "feed": "sources/city/penalties.yaml",
}


def layer() -> dict[str, str]:
    """Return the small rulebook as one layer of texts."""
    texts = (INSTRUMENT, INSTRUMENT_TEXT, PENALTY, PENALTY_TEXT, SOURCE, FEED)
    return dict(zip(PATHS.values(), texts, strict=True))


def spoilt(name: str, before: str, after: str) -> dict[str, str]:
    """Return the layer with one place of one file rewritten; the place must be there."""
    texts = layer()
    path = PATHS[name]
    assert before in texts[path], f"{before!r} does not stand in {path}"
    texts[path] = texts[path].replace(before, after, 1)
    return texts


def faults(*layers: dict[str, str]) -> list[RuleFault]:
    """Return the faults of a reading; none when it reads."""
    try:
        Rulebook.read(layers)
    except RulebookFaults as several:
        return several.faults
    return []
