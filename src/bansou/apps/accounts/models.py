"""The user model, alike for everybody who signs in. What somebody may do comes from elsewhere."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from bansou.infra.db import PublicIdField


class AccountManager(BaseUserManager["Account"]):
    """Django asks for these names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    AUDITED = True
    # Signing in and a rehashed password are nobody's change of a record.
    AUDIT_IGNORED = frozenset({"last_login", "password"})

    public_id = PublicIdField()
    email = models.EmailField("メールアドレス", unique=True)
    name = models.CharField("氏名", max_length=80)
    kana = models.CharField("ふりがな", max_length=120, blank=True)
    is_active = models.BooleanField("利用中", default=True)
    created_at = models.DateTimeField("登録日時", default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = AccountManager()

    class Meta:
        verbose_name = "利用者アカウント"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name
