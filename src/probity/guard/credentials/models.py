"""Credentials: what is kept to check a proof, never the proof."""

from django.db import models

from probity.guard.trail.tables import Table


class ApiKey(Table):
    """A program's right to ask, for a purpose and until a moment (接口密钥); the secret is kept as a digest only."""

    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT, related_name="api_keys")
    purpose = models.CharField(max_length=300)
    grants = models.JSONField(default=list)
    requests_a_minute = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")


class KeyUse(Table):
    """How many requests of a key were set aside in one minute; the newest minute says when it was last used."""

    key = models.ForeignKey("credentials.ApiKey", on_delete=models.PROTECT, related_name="uses")
    minute = models.DateTimeField()
    taken = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "minute"], name="one_use_a_minute")]


class TryCount(Table):
    """How often signing in failed under one name or from one address; the name itself is not kept."""

    gate = models.CharField(max_length=80, unique=True)  # `name:` or `address:`, and a keyed digest
    account = models.ForeignKey("authorities.Account", null=True, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, db_index=True)


class Factor(Table):
    """A second proof of an account: an app that counts with the clock, or a security key (第二因素)."""

    account = models.ForeignKey("authorities.Account", on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=16)  # app | key
    title = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    secret = models.TextField(blank=True)  # of an app, encrypted
    last_step = models.BigIntegerField(default=0)  # of an app: the newest step used, so that none is used twice
    credential = models.CharField(max_length=1400, null=True, unique=True)  # of a key: its identifier
    public_key = models.BinaryField(default=bytes)  # of a key
    sign_count = models.BigIntegerField(default=0)  # of a key: never goes back


class RecoveryCode(Table):
    """One of ten codes that replace a lost factor once each; kept as a digest (恢复代码)."""

    account = models.ForeignKey("authorities.Account", on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SignIn(Table):
    """One session, from signing in until its end (登录会话)."""

    account = models.ForeignKey("authorities.Account", on_delete=models.PROTECT, related_name="sign_ins")
    mark = models.CharField(max_length=64, unique=True)  # digest of what the session holds
    how = models.CharField(max_length=32)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, db_index=True)
    ended_because = models.CharField(max_length=32, blank=True)


class ProviderLink(Table):
    """An account's subject at an identity provider, joined by invitation and never by e-mail (身份绑定)."""

    account = models.ForeignKey("authorities.Account", on_delete=models.PROTECT, related_name="provider_links")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    linked_by = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_a_subject")]


class ProviderInvitation(Table):
    """An administrator's leave to join an account to a provider, by a code that opens once (绑定邀请)."""

    account = models.ForeignKey("authorities.Account", on_delete=models.PROTECT, related_name="provider_invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
