"""Template tags every page may use: icons, marks, Japanese dates, money, receipt numbers, QR codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import segno
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from yuimaru.core.japan import eras
from yuimaru.core.japan.hours import Opening, opening
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.look.preferences import EASY

register = template.Library()
STATIC = Path(__file__).parent.parent / "static" / "look"
MARKS = {"blue": "sea", "green": "hills", "cyan": "moon"}


@lru_cache
def _symbols(sprite: str) -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', (STATIC / sprite).read_text(encoding="utf-8")))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside words, never instead of them; an unknown name is an error, not a hole in the page."""
    if name not in _symbols("icons.svg"):
        raise template.TemplateSyntaxError(f"no icon {name!r} in look/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("look/icons.svg"),
        name,
    )


@register.simple_tag
def mark(theme: str = "") -> SafeString:
    """The mark of a municipality by its theme; without one, the ring of Yuimaru."""
    return format_html(
        '<svg class="mark" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("look/marks.svg"),
        MARKS.get(theme, "ring"),
    )


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code as SVG made of attributes only; `label` is its text for those who do not see it."""
    code = segno.make(text, error="m", micro=False)
    side = code.symbol_size(border=0)[0]
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path fill="currentColor" d="{}"/></svg>',
        label,
        side,
        side,
        mark_safe(path),  # noqa: S308 — digits and path letters made above
    )


def _day(value: date | datetime | str | None) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def era_date(value: date | datetime | str | None) -> str:
    """令和8年11月25日(水), in English 25 November 2026 (Wed)."""
    day = _day(value)
    return eras.format_date(day, get_language() or "ja") if day else ""


@register.filter
def short_date(value: date | datetime | str | None) -> str:
    """11月25日(水), for lists in which the year is plain; in English 25 November (Wed)."""
    day = _day(value)
    if day is None:
        return ""
    if get_language() == "en":
        return f"{day.day} {eras.MONTHS_EN[day.month - 1]} ({eras.WEEKDAYS_EN[day.weekday()]})"
    return f"{day.month}月{day.day}日({eras.WEEKDAYS_JA[day.weekday()]})"


@register.filter
def clock(value: datetime | None) -> str:
    """午前10時12分, in English 10:12."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    if get_language() == "en":
        return f"{local:%H:%M}"
    return f"{'午前' if local.hour < 12 else '午後'}{local.hour % 12}時{local.minute:02d}分"


@register.filter
def yen(value: int | str | None) -> str:
    """15,000円, in English ¥15,000."""
    if value is None or value == "":
        return ""
    return f"¥{int(value):,}" if get_language() == "en" else f"{int(value):,}円"


@register.filter
def serial(number: str) -> str:
    """A receipt number in groups of four: 2611-2403-4781."""
    plain = str(number).replace("-", "")
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


@register.filter
def tel(number: str) -> str:
    """The address behind a telephone number."""
    return "tel:" + re.sub(r"[^\d+#*]", "", number).replace("#", "%23")


@register.filter
def grouped(number: int) -> str:
    """182,000"""
    return f"{number:,}"


@register.filter
def said(thing: object, field: str) -> str:
    """A field in the language of the page: `name_en` in English where it is filled in, else `name`."""
    plain = str(getattr(thing, field))
    return str(getattr(thing, f"{field}_en", "") or plain) if get_language() == "en" else plain


@dataclass(frozen=True)
class Counter:
    """Whether the counters of a municipality are open now, and in words when that changes."""

    is_open: bool
    sentence: str


@register.simple_tag
def counter(municipality: Organisation, reading: str = "") -> Counter | None:
    """Whether somebody can be reached now, by the opening hours and the town's own closing days."""
    now = timezone.localtime()
    found = opening(now, municipality.hours, municipality.closed_on)
    if found is None:
        return None
    moment = {"day": short_date(found.changes), "time": clock(found.changes)}
    return Counter(found.is_open, _said_of(found, now, easy=reading == EASY) % moment)


def _said_of(found: Opening, now: datetime, *, easy: bool) -> str:
    if found.is_open:
        return pgettext("easy", "Open now, until %(time)s") if easy else _("Open now, until %(time)s")
    if found.changes.date() == now.date():
        if easy:
            return pgettext("easy", "Closed now; opens today at %(time)s")
        return _("Closed now; opens today at %(time)s")
    if easy:
        return pgettext("easy", "Closed now; opens on %(day)s at %(time)s")
    return _("Closed now; opens on %(day)s at %(time)s")


@register.filter
def bracketed(text: str) -> str:
    """（text）, in English with a space before and half-width brackets; nothing for nothing."""
    if not text:
        return ""
    return f" ({text})" if get_language() == "en" else f"（{text}）"


@register.filter
def office(municipality: Organisation) -> str:
    """The building residents go to: 青海市役所, みどり野町役場; in English Midorino Town office."""
    if get_language() == "en":
        return f"{said(municipality, 'name')} office"
    return municipality.name + {"city": "役所", "ward": "役所", "prefecture": "庁"}.get(
        municipality.kind, "役場"
    )


@register.filter
def get(mapping: dict[str, str], key: str) -> str:
    """An entry of a mapping whose key is itself a value."""
    return mapping.get(key, "")
