"""Records: facts as sources stated them, and what ended them."""

from django.db import models

from probity.guard.trail.tables import AppendOnly, Table


class Record(AppendOnly):
    """One fact as a source stated it (信用信息记录); becomes known when its batch closes."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT, db_index=False)
    batch = models.ForeignKey("sources.Batch", on_delete=models.PROTECT, related_name="records")
    row_number = models.PositiveIntegerField()
    type = models.CharField(max_length=64)
    identity = models.BinaryField(max_length=16, db_index=True)
    content = models.BinaryField(max_length=16)
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    occurred_on = models.DateField()
    until = models.DateField(null=True)
    kind = models.CharField(max_length=64, null=True)
    degree = models.CharField(max_length=64, null=True)
    amount = models.BigIntegerField(null=True)  # fen
    points = models.BigIntegerField(null=True)  # hundredths
    fields = models.TextField()  # canonical JSON of all that was stated


class Attribution(AppendOnly):
    """Whose a record is, or that nobody knows yet; the latest known one counts."""

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="attributions")
    enterprise = models.ForeignKey("registry.Enterprise", null=True, on_delete=models.PROTECT)
    how = models.CharField(max_length=32)
    reasons = models.JSONField(null=True)
    revision = models.BigIntegerField(null=True)  # null: that of the record's batch

    class Meta:
        indexes = [
            # Few are stated anew; finding them must not read all (a daily run asks twice).
            models.Index(fields=["revision"], name="attributed_anew", condition=models.Q(revision__isnull=False))
        ]


class RecordEvent(AppendOnly):
    """What ended a record: correction, annulment, repair or expiry, which never mix."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16)
    effective_on = models.DateField()
    revision = models.BigIntegerField(db_index=True)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()


class QuarantinedRow(Table):
    """A delivered row the door did not understand (待核区), with why and what became of it."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    batch = models.ForeignKey("sources.Batch", on_delete=models.PROTECT, related_name="quarantined_rows")
    row_number = models.PositiveIntegerField()
    code = models.CharField(max_length=24, db_index=True)
    problems = models.JSONField()  # [{column, code, zh, en, delivered, mendable}]
    values = models.JSONField()  # header → delivered text of the named columns; empty for PERSON
    is_mendable = models.BooleanField()
    state = models.CharField(max_length=16, default="waiting", db_index=True)
    settled_by = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    release = models.ForeignKey("sources.Batch", null=True, on_delete=models.PROTECT, related_name="released_rows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row_number"], name="quarantined_row_once"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", settled_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(settled_at__isnull=False)),
                name="settled_row_has_its_moment",
            ),
        ]


class ProposedEnding(Table):
    """A fact that stood in a source's last snapshot and is missing from this one; a person decides."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="proposed_endings")
    batch = models.ForeignKey("sources.Batch", on_delete=models.PROTECT, related_name="proposed_endings")
    state = models.CharField(max_length=16, default="waiting")  # waiting | ended | kept
    settled_by = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "batch"], name="ending_proposed_once")]


class OpenName(Table):
    """One spelling under which records of a body wait to be known whose they are (待认名称)."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    key = models.CharField(max_length=300)  # the spelling, folded
    name = models.CharField(max_length=300)
    verdict = models.CharField(max_length=8, default="", db_index=True)  # accept | review | reject; empty: not asked
    score = models.PositiveIntegerField(default=0)  # of the first candidate, hundredths of a point of 100
    grounds = models.CharField(max_length=120, blank=True)  # what contradicts in the first candidate
    register = models.BigIntegerField(default=0)  # newest name of the register when it was asked
    state = models.CharField(max_length=8, default="waiting", db_index=True)  # waiting | settled
    skipped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "key"], name="open_name_once")]


class OpenRow(Table):
    """One record under an open name, and the judgement by which it was settled."""

    name = models.ForeignKey("records.OpenName", on_delete=models.PROTECT, related_name="rows")
    record = models.OneToOneField("records.Record", on_delete=models.PROTECT, related_name="open_row")
    is_adverse = models.BooleanField()
    match = models.ForeignKey("registry.Match", null=True, on_delete=models.PROTECT, related_name="settled_rows")
    state = models.CharField(max_length=8, default="waiting", db_index=True)  # waiting | settled | gone
