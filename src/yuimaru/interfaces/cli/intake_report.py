"""What became of files that were taken in: as JSON, and in words for a clerk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from yuimaru.core.files.folders import Found
from yuimaru.core.text.extract.unseen import KINDS
from yuimaru.interfaces.cli import intake_files

if TYPE_CHECKING:
    from yuimaru.services.knowledge.actions import Added, Intake


def report(intake: Intake, files: Sequence[Found]) -> dict[str, Any]:
    """The outcome of an intake with the paths of its files."""

    def shown(name: str) -> str:
        return intake_files.shown(files, name)

    flagged = sum((Counter(added.flagged) for added in intake.added), Counter[str]())
    return {
        "added": [_added(added, shown(added.name)) for added in intake.added],
        "unchanged": [shown(name) for name in intake.unchanged],
        "refused": [
            {"path": shown(turned.name), "code": turned.refused.code, "message": turned.refused.message_ja}
            for turned in intake.refused
        ],
        "duplicates": [{"path": shown(copy.name), "of": copy.of} for copy in intake.duplicates],
        "warnings": [
            {"path": shown(copy.name), "code": "near_duplicate", "of": copy.of, "share": round(copy.share, 3)}
            for copy in intake.alike
        ],
        "flagged": _counted(flagged),
    }


def _added(added: Added, path: str) -> dict[str, Any]:
    told: dict[str, Any] = {"id": str(added.id), "path": path, "passages": added.passages}
    if added.left_out:
        told["left_out"] = added.left_out
    if added.flagged:
        told["flagged"] = _counted(added.flagged)
    if added.machine_read:
        told["machine_read"] = True
    if added.page is not None and (added.page.section or added.page.updated):
        told["page"] = {"section": added.page.section, "updated": added.page.updated}
    return told


def _counted(flagged: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"kind": kind, "count": flagged[kind]} for kind in KINDS if flagged.get(kind)]


def tell(told: Mapping[str, Any]) -> None:
    """Say the same in words."""
    for added in told["added"]:
        hidden = f"、非表示の{added['left_out']}枚を除く" if "left_out" in added else ""
        machine = "、画像から読み取り" if "machine_read" in added else ""
        click.echo(f"登録しました: {added['path']}（{added['passages']}箇所{hidden}{machine}） {added['id']}")
        if "flagged" in added:
            kinds = "、".join(f"{KINDS[each['kind']]} {each['count']}" for each in added["flagged"])
            click.echo(f"  本文から除きました: {kinds}")
        if "page" in added:
            page = added["page"]
            click.echo(
                f"  ページの記載: 更新日 {page['updated'] or 'なし'}、担当課 {page['section'] or 'なし'}"
            )
    for path in told["unchanged"]:
        click.echo(f"変わっていません: {path}")
    for copy in told["duplicates"]:
        click.echo(f"同じ内容の文書があるため、登録しませんでした: {copy['path']}（{copy['of']} と同じ）")
    for warning in told["warnings"]:
        share = int(warning["share"] * 100)
        click.echo(f"ほとんど同じ文書があります: {warning['path']}（{warning['of']} と{share}%同じ）")
    for refused in told["refused"]:
        click.echo(f"登録できません: {refused['path']}（{refused['code']}） {refused['message']}")
