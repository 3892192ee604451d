"""Scenarios and legality: what is answered, and what a measure must rest on."""

from probity.rulebook.measures.types import Bite, Legality, MeasureKind, Scenario, Verdict
from probity.rulebook.reading import Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import InstrumentKind, RuleFile

LEGALITY = "legality"
"""The key under decision_rules/ that says what measures must rest on; every other key is a scenario."""


def read_scenario(node: Node, texts: RuleTexts, file: RuleFile) -> Scenario:
    """Read one scenario: each bite has its verdict, and barring never means going on.

    Raises:
        RuleFault: on a bite without a verdict, or a way on by commitment without its ground.
    """
    reference = node.reference()
    stated, commitment = node.need("answers"), node.take("commitment")
    answers = {}
    for bite in Bite:
        verdict = stated.need(bite.value)
        answers[bite] = Verdict(verdict.choice(*Verdict))
        if (bite is Bite.BARS) != (answers[bite] is Verdict.HOLD):
            verdict.fail("只有禁止性措施使办理暂停", "what bars holds the matter, and nothing else does")
        if answers[bite] is Verdict.COMMITMENT and commitment is None:
            verdict.fail("承诺办理须写明依据（commitment）", "going on with a commitment needs its ground (commitment)")
    stated.reference(reference.instrument)
    scenario = Scenario(
        key=file.key,
        file=file,
        title=texts.title,
        case_label=texts.label("case"),
        reference=reference,
        bodies=frozenset(node.need("bodies").texts()),
        answers=answers,
        commitment=commitment.reference(reference.instrument) if commitment else None,
    )
    for part in (stated, commitment, node):
        if part:
            part.close()
    texts.close()
    return scenario


def read_legality(node: Node, texts: RuleTexts, file: RuleFile) -> Legality:
    """Read which kinds of instrument carry which kind of measure; a proposal carries none.

    Raises:
        RuleFault: on a kind of measure without its bases, or one that would rest on a proposal.
    """
    reference = node.reference()
    stated = node.need("bases")
    bases = {}
    for kind in MeasureKind:
        part = stated.need(kind.value)
        words = [one.choice(*InstrumentKind) for one in part.items()]
        if InstrumentKind.PROPOSAL in words:
            part.fail("自拟的建议不能作为措施依据", "a proposal of ours carries no measure")
        bases[kind] = frozenset(InstrumentKind(word) for word in words)
    stated.reference(reference.instrument)
    stated.close()
    node.close()
    texts.close()
    return Legality(file, reference, bases)
