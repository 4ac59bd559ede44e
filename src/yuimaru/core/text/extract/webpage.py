"""One page of a web site: which part of it is the page itself, and what it says of its date, section and links."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from yuimaru.core.japan.eras import DateProblem, parse_date
from yuimaru.core.text.extract.result import PageFacts

_MAIN = "main, [role=main]"
_NAMED_MAIN = (
    "#main, #contents, #content, #main-content, #maincontents, #main_contents, #tmp_contents, #honbun, "
    ".main-content, .main_contents, .entry-content"
)
_MAIN_SHARE = 0.4  # of the page's letters; a named part that holds less is not where the words are
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:(?:g|global|local|side|foot|header|footer|sub)[_-]?nav(?:i|igation)?|nav(?:i|bar|igation)?"
    r"|bread-?crumbs?|topic-?path|pankuzu|cookies?|cookie[_-]?(?:banner|notice|consent|bar)|site-?(?:header|footer)"
    r"|(?:header|footer)(?=\s|$)|sns|share-?buttons?|page-?top|totop|skip-?(?:link|nav)?|side-?(?:bar|menu)"
    r"|voice-?read(?:er)?|print-?button|language-?(?:menu|select))(?:$|[\s_-])",
    re.IGNORECASE,
)
_DAY = (
    r"(?:(?P<era>令和|平成|昭和|西暦)?(?P<year>[0-9０-９元]{1,4})年(?P<month>[0-9０-９]{1,2})月(?P<day>[0-9０-９]{1,2})日"
    r"|(?P<iso>[0-9]{4})[-/.](?P<iso_month>[0-9]{1,2})[-/.](?P<iso_day>[0-9]{1,2}))"
)
_UPDATED = re.compile(
    r"(?:最終更新日?|更新日時?|更新年月日|掲載日|公開日|登録日)\s*[：:]?\s*(?:\[\s*)?" + _DAY
)
_DATED = re.compile(_DAY)
_META_DATES = "meta[name='date'], meta[name='last-modified'], meta[property='article:modified_time'], meta[name='DC.date.modified']"
_SECTION = re.compile(
    r"(?:担当(?:課|部署|部課|所属|窓口)?|(?:お?問い?合わ?せ|問合せ)先?|所管課?|発信課|このページに関するお問い?合わ?せ先?)"
    r"\s*[：:]?\s*(?P<words>[^\n。：:]{2,40})"
)
_SECTION_NAME = re.compile(
    r"([^\s　、，,・/／()（）「」]{1,20}?(?:支援課|[課室係局]))(?=$|[^\w]|[^課室係局員題税])"
)
_MOST_LINKS = 200


def main_part(tree: LexborHTMLParser) -> LexborNode | None:
    """The part of a page that is about something: marked as such, named as such, or the whole body."""
    body = tree.body
    if (marked := tree.css_first(_MAIN)) is not None or body is None:
        return marked
    articles = tree.css("article")
    if len(articles) == 1:
        return articles[0]
    whole = len(_words(body))
    for named in tree.css(_NAMED_MAIN):
        if len(_words(named)) > whole * _MAIN_SHARE:
            return named
    return body


def is_furniture(node: LexborNode) -> bool:
    """Whether a node is a menu, head, foot or banner by its role or the names it was given."""
    held = node.attributes
    if (held.get("role") or "") in _ROLES:
        return True
    names = f"{held.get('id') or ''} {held.get('class') or ''}"
    return len(names) > 1 and _FURNITURE.search(names) is not None and not _holds_title(node)


def facts(tree: LexborHTMLParser, root: LexborNode | None) -> PageFacts:
    """Give the day of the last update, the section in charge and the links of a page."""
    if tree.body is None:
        return PageFacts()
    words = _words(tree.body)
    told = _SECTION.finditer(words)
    section = next((name[1] for each in told if (name := _SECTION_NAME.search(each["words"]))), None)
    return PageFacts(_updated(tree, words), section, tuple(_links(root)) if root is not None else ())


def _updated(tree: LexborHTMLParser, words: str) -> str | None:
    if found := _UPDATED.search(words):
        return _iso(found)
    declared = (node.attributes.get("content") or "" for node in tree.css(_META_DATES))
    return next((day for each in declared if (found := _DATED.match(each)) and (day := _iso(found))), None)


def _iso(found: re.Match[str]) -> str | None:
    parts = (found["year"], found["month"], found["day"])
    if found["iso"]:
        parts = (found["iso"], found["iso_month"], found["iso_day"])
    try:
        return parse_date(found["era"] or "西暦", *parts).isoformat()
    except DateProblem:
        return None


def _links(root: LexborNode) -> list[tuple[str, str]]:
    """The words of links and where they lead inside the site, as the page writes it."""
    found: dict[tuple[str, str], None] = {}
    for node in root.css("a[href]"):
        target = urlsplit((node.attributes.get("href") or "").strip())
        words = " ".join(node.text(strip=True).split())
        if words and target.path and not target.scheme and not target.netloc and len(found) < _MOST_LINKS:
            found[words, unquote(target.path)] = None
    return list(found)


def _holds_title(node: LexborNode) -> bool:
    return node.css_first("h1") is not None


def _words(node: LexborNode) -> str:
    return node.text(separator="\n", strip=True) or ""
