"""Authorities: the permissions, each one act on one kind of thing."""

from enum import StrEnum


class Permission(StrEnum):
    """One act on one kind of thing (权限). The issue on the guard brings roles and scopes."""

    BATCH_DELIVER = "batch.deliver"
    BATCH_READ = "batch.read"
    QUARANTINE_SETTLE = "quarantine.settle"
    ENTERPRISE_READ = "enterprise.read"
    ENTERPRISE_CHANGE = "enterprise.change"
    RECORD_END = "record.end"
    EVALUATION_RUN = "evaluation.run"
    EVALUATION_READ = "evaluation.read"
    RULE_READ = "rule.read"
    JOB_START = "job.start"
    JOB_READ = "job.read"
    WORK_READ = "work.read"
    WORK_SETTLE = "work.settle"
    LIST_READ = "list.read"
    LIST_MARK = "list.mark"


class NotPermitted(Exception):
    """Somebody may not do what they asked for; says which permission is missing."""

    def __init__(self, permission: Permission) -> None:
        """Keep the missing permission for the page that explains it."""
        super().__init__(f"permission {permission} is missing")
        self.permission = permission
