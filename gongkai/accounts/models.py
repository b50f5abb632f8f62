"""People and how they come to a password."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person; without a password they sign in first with a printed one-time code."""
        person = self.model(username=self.model.normalize_username(username), **fields)
        if password is None:
            person.set_unusable_password()
        else:
            person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person who can sign in; what they may do follows from their posts, never from flags here."""

    username = models.CharField("登录名", max_length=80, unique=True)
    name = models.CharField("姓名", max_length=80)
    email = models.EmailField("邮箱", blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    is_active = models.BooleanField("可以登录", default=True)
    is_operator = models.BooleanField("平台运维", default=False)
    joined_at = models.DateTimeField("加入时间", auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the person's name (asked for by libraries)."""
        return self.name


class SlipQuerySet(models.QuerySet["PasswordSlip"]):
    def usable(self, *, at: datetime) -> "SlipQuerySet":
        """Keep the slips that are neither used nor expired nor guessed at too often."""
        return self.filter(used_at=None, expires_at__gt=at, failures__lt=5)


class PasswordSlip(models.Model):
    """A printed one-time code with which a person sets a first or a new password without e-mail."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=200)
    issued_at = models.DateTimeField("签发时间")
    issued_by = models.CharField("签发人", max_length=80)
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = "一次性密码条"
