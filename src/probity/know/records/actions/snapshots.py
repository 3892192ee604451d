"""Snapshots: what stood in a source's last list and is missing from this one."""

from collections.abc import Collection

from probity.guard.trail.tables import writing
from probity.know.records.models import ProposedEnding, Record, RecordEvent
from probity.know.sources.types import OpenBatch
from probity.terms import Text


def propose_endings(batch: OpenBatch, stated: Collection[bytes]) -> list[Text]:
    """Propose to end each standing record of the feed that this snapshot no longer states.

    Never ends anything itself: a row may be missing because it was refused, or by mistake.
    Called before the batch closes; asked again for the same batch, nothing is proposed twice.
    """
    standing = Record.objects.filter(batch__feed=batch.feed, batch__revision__isnull=False)
    standing = standing.exclude(pk__in=Record.objects.filter(supersedes__isnull=False).values("supersedes_id"))
    standing = standing.exclude(pk__in=RecordEvent.objects.values("record_id"))
    standing = standing.exclude(pk__in=ProposedEnding.objects.filter(state="waiting").values("record_id"))
    here = set(stated)
    missing = [pk for pk, identity in standing.values_list("pk", "identity") if bytes(identity) not in here]
    if not missing:
        return []
    with writing():
        ProposedEnding.objects.bulk_create(
            (ProposedEnding(authority_id=batch.authority, record_id=pk, batch_id=batch.number) for pk in missing),
            ignore_conflicts=True,
        )
    return [
        Text(
            f"上次名单中的 {len(missing)} 条本次未出现，已列为拟终止，待人核定",
            f"{len(missing)} rows of the last list are missing from this one: endings are proposed, a person decides",
        )
    ]
