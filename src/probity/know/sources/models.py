"""Sources: one row for each batch delivered, and one for each chunk of it."""

from django.db import models

from probity.guard.trail.tables import AppendOnly, Table


class Batch(Table):
    """One delivery by a source (批次), accounted for row by row; the file itself is not kept."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    source = models.CharField(max_length=128)
    feed = models.CharField(max_length=128, db_index=True)
    feed_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, default="delivery")  # delivery | release
    settles = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="releases")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    time = models.PositiveIntegerField(default=1)  # the how-many-th delivery of the same bytes
    state = models.CharField(max_length=16, default="receiving")  # receiving | closed | held | abandoned
    after_revision = models.BigIntegerField(default=0)  # the newest known when it was opened
    by = models.CharField(max_length=64)
    delivered_at = models.DateTimeField()
    business_day = models.DateField()
    closed_at = models.DateTimeField(null=True)
    revision = models.BigIntegerField(null=True, unique=True)
    chunks = models.PositiveIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    superseding = models.BigIntegerField(default=0)
    quarantined = models.JSONField(default=dict)  # code → number
    warnings = models.JSONField(default=list)  # {zh, en} each

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "sha256", "time"], name="batch_once"),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False) | ~models.Q(state="closed"),
                name="closed_batch_has_its_moment",
            ),
        ]


class BatchChunk(AppendOnly):
    """Up to 5,000 rows of a batch, with a digest for each row, so that none is taken twice."""

    batch = models.ForeignKey("sources.Batch", on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    first_row = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    row_digests = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="chunk_once")]
