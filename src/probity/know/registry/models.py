"""Registry: enterprises, their codes with dates, their names with dates."""

from django.db import models

from probity.guard.trail.tables import AppendOnly, Table


class Enterprise(Table):
    """A registered market entity (市场主体); provisional until a registration speaks of it."""

    code = models.CharField(max_length=18, unique=True, null=True)
    name = models.CharField(max_length=300)
    is_provisional = models.BooleanField(default=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="branches")
    known_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="enterprise_name")]


class Identity(AppendOnly):
    """One code by which an enterprise goes, of six kinds, with its days and its source."""

    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=32)
    code = models.CharField(max_length=64)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=128)
    evidence = models.CharField(max_length=200, blank=True)
    known_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code", "enterprise"], name="identity_once")]


class EnterpriseName(AppendOnly):
    """One name under which sources spoke of an enterprise; `is_registered` for the official one."""

    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=300)
    valid_from = models.DateField(null=True)
    is_registered = models.BooleanField(default=False)
    source = models.CharField(max_length=128)
    known_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name", "is_registered"], name="enterprise_name_once")
        ]
        indexes = [models.Index(fields=["name"], name="enterprise_name_text")]


class IndustryClass(Table):
    """A deeper level of the industry classification, loaded by the operator: three or four digits."""

    edition = models.CharField(max_length=4)
    code = models.CharField(max_length=4)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="industry_class_once")]


class Match(AppendOnly):
    """One judgement on whether a spelling names an enterprise (名称认定); a later one may undo it."""

    key = models.CharField(max_length=300, db_index=True)  # the spelling, folded
    name = models.CharField(max_length=300)  # the spelling as delivered
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="matches")
    judgement = models.CharField(max_length=16)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    matched_name = models.CharField(max_length=300)  # the name of the enterprise it was compared with
    score = models.PositiveIntegerField()  # hundredths of a point of 100
    shares = models.JSONField()
    contradictions = models.JSONField()
    second_kind = models.CharField(max_length=32, blank=True)
    second_text = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500)
    rule_digest = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()


class ClusterEvent(AppendOnly):
    """Two enterprises found to be one (合并), or found to be two after all (拆分)."""

    kind = models.CharField(max_length=8)  # merge | split
    joined = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="joinings")
    head = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="gatherings")
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    reason = models.CharField(max_length=500)
    revision = models.BigIntegerField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
