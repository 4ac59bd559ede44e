"""Verbs in the form that another verb stood in: 提出して becomes 出して, 記入した becomes 書いた."""

from __future__ import annotations

from enum import StrEnum

from yuimaru.core.text.tokens import Morpheme


class Form(StrEnum):
    """The forms that a verb takes over surely; from any other it is only proposed."""

    PLAIN = "plain"  # 書く
    TE = "te"  # 書い(て)
    MASU = "masu"  # 書き(ます)
    NAI = "nai"  # 書か(ない)
    BA = "ba"  # 書け(ば)
    WILL = "will"  # 書こう


_ROWS = {
    "う": "わいえお", "く": "かきけこ", "ぐ": "がぎげご", "す": "さしせそ", "つ": "たちてと",
    "ぬ": "なにねの", "ぶ": "ばびべぼ", "む": "まみめも", "る": "らりれろ",
}  # fmt: skip
_BEFORE_TE = {
    "う": "っ",
    "つ": "っ",
    "る": "っ",
    "く": "い",
    "ぐ": "い",
    "す": "し",
    "ぬ": "ん",
    "ぶ": "ん",
    "む": "ん",
}
_VOICING = frozenset("ぐぬぶむ")
_VOICED = {"て": "で", "た": "だ"}
_KA = {Form.TE: "き", Form.MASU: "き", Form.NAI: "こ", Form.BA: "くれ", Form.WILL: "こよう"}
_SA = {Form.TE: "し", Form.MASU: "し", Form.NAI: "し", Form.BA: "すれ", Form.WILL: "しよう"}
_ICHIDAN = {Form.TE: "", Form.MASU: "", Form.NAI: "", Form.BA: "れ", Form.WILL: "よう"}
_FOLLOWS_MASU = frozenset({"ます", "たい", "ながら", "つつ"})
_OPENS_TE = ("て", "た", "で", "だ")
VERBS = frozenset({"五段", "一段", "カ変", "サ変"})


def form_of(verb: Morpheme, following: Morpheme | None) -> Form | None:
    """The form a verb stands in, told by what follows it; None when it is none that can be taken over."""
    inflected = verb.part[5]
    if inflected == "意志推量形":
        return Form.WILL
    if inflected.startswith(("終止形", "連体形")):
        return Form.PLAIN
    if following is None:
        return None
    if inflected.startswith("仮定形"):
        return Form.BA if following.surface == "ば" else None
    if inflected.startswith("未然形"):
        is_denied = following.form == "ない" and following.part[0] == "助動詞"
        return Form.NAI if is_denied else None
    return _continued(following) if inflected.startswith("連用形") else None


def _continued(following: Morpheme) -> Form | None:
    if following.part[0] in ("助詞", "助動詞") and following.surface.startswith(_OPENS_TE):
        return Form.TE if following.form != "たい" else Form.MASU
    return Form.MASU if following.form in _FOLLOWS_MASU or following.part[1] == "読点" else None


def inflect(verb: str, group: str, form: Form) -> str:
    """A verb, or a phrase that ends in one, in a form; its group is 五段, 一段, カ変 or サ変."""
    if form is Form.PLAIN:
        return verb
    if group == "五段":
        return _godan(verb[:-1], verb[-1], form)
    if group == "一段":
        return verb[:-1] + _ICHIDAN[form]
    return verb[:-2] + (_KA if group == "カ変" else _SA)[form]


def _godan(stem: str, ending: str, form: Form) -> str:
    a, i, e, o = tuple(_ROWS[ending])
    if form is Form.TE:
        goes = ending == "く" and stem.endswith(("行", "てい", "でい"))
        return stem + ("っ" if goes else _BEFORE_TE[ending])
    return stem + {Form.NAI: a, Form.MASU: i, Form.BA: e, Form.WILL: f"{o}う"}[form]


def voiced(verb: str, group: str, following: str) -> str:
    """What follows the form before て, as the verb wants it: 飲んで, not 飲んて."""
    plain = _plain(following)
    if group == "五段" and verb[-1] in _VOICING:
        return _VOICED.get(plain[0], plain[0]) + plain[1:]
    return plain


def _plain(following: str) -> str:
    unvoiced = {"で": "て", "だ": "た"}
    return unvoiced.get(following[0], following[0]) + following[1:]
