"""What `municipality join` and `municipality admin` do: a sheet with its documents, and the first person of a body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

from yuimaru.core.kata import source
from yuimaru.interfaces.cli import intake_files
from yuimaru.services.joining.rules.faults import Fault, Location, Refused, faults_of
from yuimaru.services.joining.rules.sheet import Sheet

if TYPE_CHECKING:
    from yuimaru.foundation.people.models import User
    from yuimaru.foundation.tenancy.models import Organisation

MOST_BYTES = 200 * 1_048_576  # of all documents together
ADDRESS_NOTE = (
    "このアドレスで最初のパスワードを決めます。使えるのは3日以内に一度だけです。 / "
    "At this address the first password is chosen, once and within three days."
)
PARTS = {
    "municipality": "団体",
    "sections": "所属",
    "staff": "職員",
    "kata": "型の採用",
    "mandates": "受委託の定め",
    "documents": "文書",
    "public": "公開",
}


@dataclass(frozen=True)
class Error:
    """A fault with the line of the file at which it stands."""

    line: int | None
    path: str
    code: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """What became of a sheet; `invitations` are the addresses at which new people choose a password."""

    counts: dict[str, int] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    invitations: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.errors

    def report(self) -> dict[str, Any]:
        """The one JSON object of the command."""
        return {"ok": self.ok, "counts": self.counts, "errors": [asdict(error) for error in self.errors]}


def content_of(file: Path) -> bytes:
    """The bytes of a file, at most one more than a sheet may have; raises UsageError when it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(source.MAX_BYTES + 1)
    except OSError:
        raise click.UsageError(
            f"ファイル {file} は読めません。場所と名前を確かめてください。 / The file {file} cannot be read."
        ) from None


def joined(content: bytes, folder: Path) -> Outcome:
    """Carry a sheet out; `folder` holds its documents."""
    from django.utils.timezone import now

    from yuimaru.services.joining import actions

    try:
        read = source.read(content)
    except source.SourceError as broken:
        return Outcome(errors=[Error(broken.line, "", broken.code, f"{broken.ja} / {broken.en}")])
    try:
        sheet = Sheet.model_validate(read.data)
        contents = _contents(sheet, folder)
        counts = actions.join(sheet=sheet, contents=contents, at=now())
    except ValidationError as invalid:
        return Outcome(errors=_placed(faults_of(invalid), read.lines))
    except Refused as refused:
        return Outcome(errors=_placed(refused.faults, read.lines))
    invitations = [f"{user.login}  {first_password_address(user, secret)}" for user, secret in counts.invited]
    return Outcome({part: getattr(counts, part) for part in PARTS}, [], invitations)


def tell(outcome: Outcome, name: str) -> None:
    """The outcome in words: what was added, or every fault with its line."""
    for error in outcome.errors:
        place = f"{name}:{error.line}" if error.line else name
        click.echo(f"{place}：{error.path}：{error.message}" if error.path else f"{place}：{error.message}")
    if outcome.errors:
        click.echo(
            f"誤りが{len(outcome.errors)}か所あるため、何も登録していません。 / Nothing was registered."
        )
        return
    added = "、".join(f"{PARTS[part]} {count}" for part, count in outcome.counts.items() if count)
    click.echo(f"登録しました（{added}）。" if added else "すべて登録済みです。変更はありません。")
    if outcome.invitations:
        click.echo(ADDRESS_NOTE)


def administrator(code: str, login: str, name: str) -> str:
    """Name an administrator of a registered body, or invite anew one who has not come yet; their address.

    :raises click.UsageError: an unknown body, or a login that is taken or cannot be used.
    """
    from django.db import transaction
    from django.utils.timezone import now

    from yuimaru.foundation.people.actions import invite
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import get_organisation
    from yuimaru.foundation.tenancy.rules import NotVisible
    from yuimaru.foundation.tenancy.scope import scope

    try:
        body = get_organisation(code)
    except NotVisible:
        raise click.UsageError(f"団体 {code} は登録されていません。 / {code} is not registered.") from None
    by, at = Actor.system(body), now()
    with transaction.atomic(), scope(by):
        user = _first_person(body, login, name)
        try:
            return first_password_address(user, invite(owner=body, user=user, by=by, at=at))
        except NotVisible:
            raise click.UsageError(
                f"{login} はすでにパスワードを決めています。 / {login} has chosen a password already."
            ) from None


def first_password_address(user: User, secret: str) -> str:
    """Where on the installation somebody chooses their first password."""
    from django.urls import reverse

    return reverse("desk:first_password", args=[user.pk, secret])


def _first_person(body: Organisation, login: str, name: str) -> User:
    """The administrator of this login, made if there is none, in the general section, made if there is none."""
    from django.utils.timezone import localdate, now

    from yuimaru.foundation.people import actions, queries
    from yuimaru.foundation.tenancy.actors import Actor, Role
    from yuimaru.services.joining.rules.sheet import Line, Login

    _require_shape("--login", Login, login)
    _require_shape("--name", Line, name)
    by, at = Actor.system(body), now()
    role = Role.CONSORTIUM_ADMIN if body.kind == "consortium" else Role.MUNICIPALITY_ADMIN
    known = [one.user for one in queries.members(body, on=localdate(at)) if one.user.login == login]
    if known:
        return known[0]
    section = queries.general_section() or actions.create_section(
        owner=body, name="総合窓口", is_general=True, by=by, at=at
    )
    try:
        return actions.employ(
            section=section,
            title="管理者",
            role=role,
            login=login,
            name=name,
            since=localdate(at),
            by=by,
            at=at,
        )
    except actions.LoginTaken:
        raise click.UsageError(
            f"サインイン名 {login} はもう使われています。 / The sign-in name {login} is taken."
        ) from None


def _require_shape(option: str, shape: Any, value: str) -> None:
    from pydantic import TypeAdapter

    try:
        TypeAdapter(shape).validate_python(value)
    except ValidationError as invalid:
        fault = faults_of(invalid)[0]
        raise click.UsageError(f"{option}: {fault.ja} / {fault.en}") from None


def _contents(sheet: Sheet, folder: Path) -> dict[str, bytes]:
    """The documents of a sheet by name; raises Refused for those that are not in its folder."""
    found = {entry.file: folder / entry.file for entry in sheet.documents}
    faults = [
        Fault(
            ("documents", place, "file"),
            "no_file",
            f"ファイル「{entry.file}」がありません。このファイルと同じフォルダーから見た場所を書いてください。",
            f"There is no file “{entry.file}”. Write its place as seen from the folder of this file.",
        )
        for place, entry in enumerate(sheet.documents)
        if not _is_inside(found[entry.file], folder)
    ]
    if not faults and sum(path.stat().st_size for path in found.values()) > MOST_BYTES:
        ja = f"文書が合わせて{MOST_BYTES // 1_048_576}MBを超えています。documents add で分けて登録してください。"
        en = "The documents are too large together. Add them in parts with documents add."
        faults = [Fault(("documents",), "too_large", ja, en)]
    if faults:
        raise Refused(faults)
    return {name: intake_files.content(path) for name, path in found.items()}


def _is_inside(path: Path, folder: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(folder.resolve())


def _placed(faults: Sequence[Fault], lines: dict[Location, int]) -> list[Error]:
    """The faults with their lines, in the order of the file; what is missing stands at what should hold it."""
    errors = [
        Error(_line(fault.path, lines), _path(fault.path), fault.code, f"{fault.ja} / {fault.en}")
        for fault in faults
    ]
    return sorted(errors, key=lambda error: error.line or 0)


def _line(path: Location, lines: dict[Location, int]) -> int | None:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _path(path: Location) -> str:
    """staff[1].login"""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".")
