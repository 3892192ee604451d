"""Evaluation: runs with pinned inputs, and each enterprise's changed outcome."""

from django.db import models

from probity.guard.trail.tables import AppendOnly, Table


class Run(Table):
    """One evaluation of many (评价批次), which can be repeated to the byte from what it pins."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    system = models.CharField(max_length=64, db_index=True)
    system_from = models.DateField()
    system_digest = models.CharField(max_length=64)
    rulebook_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=32)
    status = models.CharField(max_length=16)
    as_of = models.DateField()
    revision = models.BigIntegerField()
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    is_incremental = models.BooleanField(default=False)
    judged = models.BigIntegerField(default=0)
    enterprises = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    grades = models.JSONField(default=dict)  # grade → number
    result_digest = models.CharField(max_length=64, blank=True)
    result_file = models.CharField(max_length=128, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=64)


class Outcome(AppendOnly):
    """What a run changed for one enterprise: its score and grade from this run on."""

    run = models.ForeignKey("evaluation.Run", on_delete=models.PROTECT, related_name="outcomes")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT)
    score = models.BigIntegerField(null=True)  # hundredths
    grade = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "run"], name="outcome_once")]
