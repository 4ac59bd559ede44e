"""Every sentence that a form says about a wrong answer, in Japanese and English: what is wrong, how to make it right."""

from __future__ import annotations

import re
from typing import Any

# A label that is itself a sentence cannot be the object of 「〜を入力してください」.
_SENTENCE = re.compile(r"(か|ください|ます|ません|です|[?？。])$")
_QUESTION = re.compile(r"(か|[?？])。?$")
_LONG_LABEL = 24

SENTENCES: dict[str, tuple[str, str]] = {
    "enter": ("{label}を入力してください。", "Enter {label}."),
    "choose": ("{label}を選んでください。", "Choose {label}."),
    "answer": ("{label}に答えてください。", "Answer {label}."),
    "agree": ("内容を読んで、同意のチェックを付けてください。", "Read {label} and tick the box to agree."),
    "type": ("{label}の形が正しくありません。入力し直してください。", "{label} has the wrong form. Enter it again."),
    "character": (
        "{label}に、使えない文字が入っています。その文字を消してください。",
        "{label} contains a character that cannot be used. Remove it.",
    ),
    "one_line": ("{label}は、改行しないで入力してください。", "Enter {label} on one line."),
    "too_long": (
        "{label}は{limit}文字までで入力してください。いまは{found}文字です。",
        "Enter {label} in {limit} characters or fewer. It has {found} now.",
    ),
    "kana": (
        "{label}を全角カタカナで入力してください。",
        "Enter {label} in full-width katakana.",
    ),
    "kana_hint": (
        "{label}を全角カタカナで入力してください。「{found}」は「{hint}」となります。",
        "Enter {label} in full-width katakana: “{hint}” instead of “{found}”.",
    ),
    "whole": ("{label}を数字で入力してください。", "Enter {label} as a whole number."),
    "number": ("{label}を数字で入力してください。例：36.8", "Enter {label} as a number. Example: 36.8"),
    "between": ("{label}は{low}から{high}までの数で入力してください。", "Enter {label} as a number from {low} to {high}."),
    "min": ("{label}は{low}以上の数で入力してください。", "Enter {label} as a number of {low} or more."),
    "max": ("{label}は{high}以下の数で入力してください。", "Enter {label} as a number of {high} or less."),
    "option": ("{label}を、表示されたものの中から選んでください。", "Choose {label} from what is offered."),
    "alone": (
        "「{option}」を選ぶときは、ほかのものを選ばないでください。",
        "If you choose “{option}”, do not choose anything else.",
    ),
    "date_form": ("{label}の日付を確かめてください。", "Check the date of {label}."),
    "date_unknown": (
        "月や日がわからないときは、「月や日がわかりません」に印を付けてください。わかるときは、{label}をすべて入力してください。",
        "Enter the whole of {label}. If the month or day is not known, tick the box that says so.",
    ),
    "money": (
        "{label}を、円の単位の整数で入力してください。例：12000",
        "Enter {label} in whole yen. Example: 12000",
    ),
    "time": (
        "{label}の時刻を確かめてください。時は0から23まで、分は0から59までです。",
        "Check the time of {label}: hours are 0 to 23, minutes 0 to 59.",
    ),
    "month": (
        "{label}の年と月を確かめてください。",
        "Check the year and month of {label}.",
    ),
    "individual_number": (
        "個人番号（マイナンバー）を確かめてください。カードや通知書の12けたの数字です。",
        "Check the individual number (My Number): the 12 digits on the card or notice.",
    ),
    "signature_name": ("署名する方のお名前を入力してください。", "Enter the name of the person who signs."),
    "signature_agreed": (
        "内容を読んで、署名のチェックを付けてください。",
        "Read {label} and tick the box to sign.",
    ),
    "signed_later": (
        "署名の日が、きょうより後になっています。日付を確かめてください。",
        "The day of signing is later than today. Check the date.",
    ),
    "not_asked": (
        "「{name}」は、ほかの答えから決まるため、入力できません。",
        "“{name}” follows from other answers and cannot be entered.",
    ),
    "file_type": (
        "このファイルは使えません。{accept}のファイルを選んでください。",
        "This file cannot be used. Choose a file of the type {accept}.",
    ),
    "file_size": (
        "ファイルが大きすぎます。{limit}MBまでのファイルを選んでください。",
        "The file is too large. Choose a file of {limit} MB or less.",
    ),
    "file_by_page": (
        "{label}のファイルは、申請の画面からだけ送れます。ここでは空にしてください。",
        "{label} can be sent on the application pages only. Leave it out here.",
    ),
    "file_name": (
        "ファイルの名前が長すぎます。255文字以内の名前に変えて、選び直してください。",
        "The name of the file is too long. Rename it in 255 characters or fewer and choose it again.",
    ),
    "file_suspicious": (
        "このファイルには危険な仕組みが見つかったため、受け取れません。写真を撮り直すか、元の書類から作り直してください。",
        "Something dangerous was found in this file, so it is not taken. Take a new photo or make the file anew.",
    ),
    "file_broken": (
        "このファイルは壊れていて開けません。写真を撮り直すか、保存し直して、選び直してください。",
        "This file is damaged and cannot be opened. Take a new photo or save it again, then choose it.",
    ),
    "file_pixels": (
        "この画像は大きすぎて開けません。縦横を小さくして、選び直してください。",
        "This picture is too large to be opened. Make it smaller and choose it again.",
    ),
    "bank_name": ("金融機関の名前を入力してください。", "Enter the name of the bank."),
    "bank_code": ("金融機関コードは4けたの数字で入力してください。", "Enter the bank code with four digits."),
    "branch_name": ("支店の名前を入力してください。", "Enter the name of the branch."),
    "branch_code": ("支店番号は3けたの数字で入力してください。", "Enter the branch number with three digits."),
    "kind": ("口座の種類を選んでください。", "Choose the kind of account."),
    "account_number": (
        "口座番号は7けたの数字で入力してください。7けたより少ないときは、前に0を付けてください。",
        "Enter the account number with seven digits. Put zeros in front if it has fewer.",
    ),
    "holder": (
        "口座の名義を、通帳のとおりに全角カタカナで入力してください。",
        "Enter the name of the account holder in full-width katakana, as in the bank book.",
    ),
    "check": ("{label}を確かめてください。", "Check {label}."),
    "few_members": ("{label}を{low}{counter}以上入力してください。", "Enter at least {low} of {label}."),
    "many_members": ("{label}は{high}{counter}までです。", "No more than {high} of {label} can be entered."),
    "unknown": ("「{name}」という項目は、この様式にありません。", "This form has no item “{name}”."),
}  # fmt: skip

WORDS: dict[str, tuple[str, str]] = {
    "yes": ("はい", "Yes"),
    "no": ("いいえ", "No"),
    "agreed": ("同意します", "I agree"),
    "not_agreed": ("同意しません", "I do not agree"),
    "hidden": ("入力済み（表示しません）", "Entered (not shown)"),
    "empty": ("入力なし", "Not entered"),
    "yen": ("{amount}円", "{amount} yen"),
    "signed": ("{signer}（{day}に署名）", "{signer} (signed on {day})"),
    "from_item": ("「{label}」の答えから", "from your answer to “{label}”"),
    "from_today": ("きょうの日付", "today’s date"),
    "from_setting": ("市区町村の設定から", "from the settings of this municipality"),
    "bank": ("金融機関", "Bank"),
    "account": ("口座番号", "Account number"),
    "account_holder": ("口座の名義", "Account holder"),
    "ending": ("末尾 {tail}", "ending in {tail}"),
    "普通": ("普通", "ordinary"),
    "当座": ("当座", "current"),
    "貯蓄": ("貯蓄", "savings"),
}


def say(code: str, lang: str, label: str = "", **values: Any) -> str:
    """The sentence of a code in a language (Japanese or, for all others, English)."""
    ja, en = SENTENCES[code]
    if lang != "ja":
        return en.format(label=f"“{label}”", **values)
    return ja.format(label=_subject(label), **values)


def say_missing(kind: str, lang: str, label: str) -> str:
    """The sentence for a required answer that is missing; `kind` is "enter", "choose" or "agree"."""
    if kind not in ("agree", "signature_name"):
        if _QUESTION.search(label):
            return say("answer", lang, label)
        if lang == "ja" and label.endswith("ください"):
            return f"{label}。"
    return say(kind, lang, label)


def word(name: str, lang: str, **values: Any) -> str:
    """A word of the summary in a language; a name that is no word is given back."""
    if name not in WORDS:
        return name
    return WORDS[name][0 if lang == "ja" else 1].format(**values)


def _subject(label: str) -> str:
    return f"「{label}」" if _SENTENCE.search(label) or len(label) > _LONG_LABEL else label
