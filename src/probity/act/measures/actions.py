"""Measures: the verbs that publish one, by two persons and through the gate."""

from datetime import date, datetime

from probity.act.measures.models import PublicationStep
from probity.act.measures.queries import latest_steps, measure_of, published_measures
from probity.act.measures.rules import conflicts, refusals
from probity.act.measures.types import LegalFault, StepKind
from probity.guard.authorities.queries import authority_number, permit
from probity.guard.authorities.types import PLATFORM, Permission
from probity.guard.procedures.queries import lawbook
from probity.guard.trail.actions import acting
from probity.rulebook.measures.types import Measure
from probity.terms import Actor, Text, shanghai_day


class Unlawful(ValueError):
    """A measure that may not be published: every fault, with the article it fails by."""

    def __init__(self, faults: tuple[LegalFault, ...]) -> None:
        """Keep the faults for the page; the sentence joins them."""
        self.text = Text("；".join(one.reason.zh for one in faults), "; ".join(one.reason.en for one in faults))
        super().__init__(self.text.en)
        self.faults = faults


class NotProposed(ValueError):
    """A measure that nobody proposed for publication, or whose proposal is settled."""

    def __init__(self, measure: str) -> None:
        """Say which."""
        self.text = Text(f"措施「{measure}」没有待核定的公布建议", f"nobody proposed to publish {measure!r}")
        super().__init__(self.text.en)


class SamePerson(ValueError):
    """Somebody who would decide on what they proposed themselves."""

    def __init__(self) -> None:
        """Say so in both languages."""
        self.text = Text("提出建议的人不得核定", "whoever proposed it may not decide on it")
        super().__init__(self.text.en)


def propose(*, measure: str, since: date, by: Actor, at: datetime) -> None:
    """Propose to publish a measure from a day on; a second person decides.

    Raises:
        Unknown: when the rulebook of that day has no such measure.
        Unlawful: when the gate refuses it, or it says the contrary of a published one.
        NotPermitted: when the actor may not propose.
    """
    permit(by, Permission.MEASURE_PROPOSE)
    found = measure_of(measure, on=since)
    _refuse_unlawful(found, on=since)
    _step(found, StepKind.PROPOSED, since, by=by, at=at)


def publish(*, measure: str, by: Actor, at: datetime) -> None:
    """Publish what another person proposed; pressed twice, nothing changes.

    Raises:
        NotProposed: when there is no proposal.
        SamePerson: when the actor proposed it.
        Unlawful: when the gate refuses it by now.
        NotPermitted: when the actor may not publish.
    """
    permit(by, Permission.MEASURE_PUBLISH)
    found = measure_of(measure, on=shanghai_day(at))
    step = latest_steps().get(found.place)
    if step is not None and step.kind == StepKind.PUBLISHED:
        return
    if step is None or step.kind != StepKind.PROPOSED or step.digest != found.file.digest:
        raise NotProposed(measure)
    if step.by == by.key:
        raise SamePerson
    since = max(step.since, shanghai_day(at))  # nothing is published for days already gone
    _refuse_unlawful(found, on=since)
    _step(found, StepKind.PUBLISHED, since, by=by, at=at)


def withdraw(*, measure: str, reason: str, by: Actor, at: datetime) -> None:
    """Take a publication back at once, for everyone: one person is enough to stop.

    Raises:
        NotProposed: when it is neither proposed nor published.
        NotPermitted: when the actor may not publish.
    """
    permit(by, Permission.MEASURE_PUBLISH)
    found = measure_of(measure, on=shanghai_day(at))
    step = latest_steps().get(found.place)
    if step is None or step.kind == StepKind.WITHDRAWN:
        raise NotProposed(measure)
    _step(found, StepKind.WITHDRAWN, shanghai_day(at), by=by, at=at, reason=reason)


def _refuse_unlawful(measure: Measure, *, on: date) -> None:
    faults = list(refusals(measure, lawbook(), on=on))
    for other in conflicts(measure, published_measures(on=on)):
        reason = Text(
            f"与已公布的「{other.title.zh}」相抵触", f"says the contrary of what is published: {other.title.en}"
        )
        faults.append(LegalFault("conflict", reason, other.reference))
    if faults:
        raise Unlawful(tuple(faults))


def _step(measure: Measure, kind: StepKind, since: date, *, by: Actor, at: datetime, reason: str = "") -> None:
    with acting(f"measure.{kind}", by=by, at=at) as act:
        PublicationStep.objects.create(
            authority_id=authority_number(by.authority or PLATFORM),
            measure=measure.place,
            kind=kind.value,
            digest=measure.file.digest,
            since=since,
            reason=reason[:500],
            by=by.key,
            at=at,
        )
        act.note(f"measure:{measure.key}", since=since.isoformat(), digest=measure.file.digest, reason=reason)
