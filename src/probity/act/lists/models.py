"""Lists: marks on an entry's use, and the entries of today as a projection."""

from django.db import models

from probity.guard.trail.tables import AppendOnly, Table


class Mark(AppendOnly):
    """What was said of an entry's use: contested, settled, suspended, resumed (异议标注、暂停使用)."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=16)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    revision = models.BigIntegerField(unique=True)


class Entry(Table):
    """An entry that stands, as of the newest revision: rebuilt from the records, never the truth."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    record = models.OneToOneField("records.Record", on_delete=models.PROTECT, related_name="entry")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="entries")
    programme = models.CharField(max_length=64)
    entered_on = models.DateField()
    ends_on = models.DateField(null=True)
    use = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["programme", "entered_on"], name="entry_of_programme")]
