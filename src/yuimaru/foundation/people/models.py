"""所属 → 職 → 人: tasks and roles belong to posts, people hold them for a time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from uuid_utils.compat import uuid7

from yuimaru.foundation.tenancy.actors import Role
from yuimaru.foundation.tenancy.models import Organisation, Owned


class UserManager(BaseUserManager["User"]):
    """Creates people who can sign in."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(login=login, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(login=username)


class User(AbstractBaseUser, PermissionsMixin):
    """One person with one sign-in; what they may do comes from the posts they hold, never from here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.login


class Section(Owned):
    """所属: a section of an organisation, with what residents need to reach it."""

    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    duties = models.CharField(max_length=200, blank=True)  # what residents go there for
    place = models.CharField(max_length=100, blank=True)
    place_en = models.CharField(max_length=100, blank=True)
    is_general = models.BooleanField(default=False)  # the first contact when no section is known

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="people_section_once")]

    def __str__(self) -> str:
        return self.name


class Post(Owned):
    """職: a place in a section that carries a role, whoever holds it."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])

    def __str__(self) -> str:
        return self.title


class Assignment(models.Model):
    """配置: who holds a post from when to when.

    Unscoped: it says in whose name a person may act, so it is read before any scope can be opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assignments")
    since = models.DateField()
    until = models.DateField(null=True)  # the last day

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="people_assignment_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.post_id}"


class Absence(Owned):
    """不在: a post whose holders are away, or a person who is away from all posts; deputies sign for them (代決)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField()  # the last day
    ended_at = models.DateTimeField(null=True)  # earlier than planned

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post=None, user__isnull=False) | models.Q(post__isnull=False, user=None),
                name="people_absence_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="people_absence_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id or self.user_id} {self.since}"


class Deputy(Owned):
    """代決順位: a post that signs during an absence; a later one only while nobody is there at the earlier."""

    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absence", "place"], name="people_deputy_place_once"),
            models.UniqueConstraint(fields=["absence", "post"], name="people_deputy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.absence_id} {self.place}"


class ApiToken(models.Model):
    """接続トークン: lets another system act for an organisation; only its SHA-256 is kept.

    Unscoped, as `Assignment` is: it is what opens a scope.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name
