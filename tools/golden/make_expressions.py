"""Makes the questions of the golden file: expressions in our spelling, the same in FEEL, and facts.

    python tools/golden/make_expressions.py 6200 | node tools/golden/ask_feelin.mjs > tests/core/kata/golden/feelin.jsonl

Both spellings are written here from one random tree, without the parser and the evaluator that they are to test: ours
with as few parentheses and as many spellings as the language allows, FEEL in the canonical form. The answers are
feelin's alone. What is left out on purpose stands with its reasons in tests/core/kata/golden/README.md.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

IF, OR, AND, COMPARED, SUM, PRODUCT, SIGNED, PRIMARY = range(8)
NUMBERS = ("年齢", "人数", "所得", "上限額")
TEXTS = ("事由", "区分")
TRUTHS = ("同居", "公務員")
DAYS = ("生年月日", "転入日")
WORDS = ("a", "b", "出生", "転入", "転出", "")
WHOLE = (0, 1, 2, 3, 5, 16, 18)
EXACT = ("0.5", "2.5", "0.25", "12.75")  # fractions that binary numbers hold too
WIDE = str.maketrans("0123456789<>=+-*/(),", "０１２３４５６７８９＜＞＝＋－＊／（），")
SYMBOLS = {"<=": "≦", ">=": "≧", "!=": "≠", "*": "×", "/": "÷"}
ERAS = ((2019, "令和", 2018), (0, "平成", 1988))


T = TypeVar("T")


class Part(NamedTuple):
    """A subexpression in our spelling, how tightly it binds, and in canonical FEEL."""

    ours: str
    binds: int
    feel: str

    def within(self, least: int) -> str:
        """Our spelling, in parentheses where its surroundings bind more tightly."""
        return self.ours if self.binds >= least else f"({self.ours})"


class Maker:
    """Random trees of every kind of value, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311

    def case(self) -> dict[str, Any]:
        """One question, with the facts that it asks for."""
        if self.chance.random() < 0.1:
            return self.cell()
        make = self.pick((self.truth, self.truth, self.truth, self.number, self.number, self.text, self.day))
        part = make(self.pick((2, 3, 4)))
        facts = {name: value for name, value in self.facts().items() if name in part.feel}
        return {"ours": self.spelled(part.ours), "feel": part.feel, "facts": facts}

    def cell(self) -> dict[str, Any]:
        """One cell of a table with the value that it tests."""
        of = self.pick(("number", "text", "day"))
        tests = [self.cell_test(of) for _ in range(self.pick((1, 1, 2, 3)))]
        ours, feel = ", ".join(each[0] for each in tests), ", ".join(each[1] for each in tests)
        if self.chance.random() < 0.2:
            ours, feel = f"not({ours})", f"not({feel})"
        values = {
            "number": self.pick((*WHOLE, 2.5)),
            "text": self.pick(WORDS),
            "day": self.some_day(2005, 20),
        }
        return {"cell": self.spelled(ours), "feel": feel, "value": self.maybe(values[of])}

    def cell_test(self, of: str) -> tuple[str, str]:
        if of == "number" and self.chance.random() < 0.4:
            low = self.pick(WHOLE)
            both = f"{self.pick('[(')}{low}..{low + 3}{self.pick('])')}"
            return both, both
        sign = self.pick(("", "< ", "<= ", "> ", ">= ")) if of != "text" else ""
        part = self.fixed_day() if of == "day" else self.known(self.number if of == "number" else self.text)
        return sign + part.ours, sign + part.feel

    def pick(self, choices: Sequence[T]) -> T:
        return self.chance.choice(choices)

    def spelled(self, text: str) -> str:
        """Now and then full-width characters and the signs of Japanese keyboards, outside quotes."""
        how = self.chance.random()
        if how > 0.25:
            return text
        parts = text.split('"')
        for place in range(0, len(parts), 2):
            if how < 0.12:
                parts[place] = parts[place].translate(WIDE)
            for sign, other in SYMBOLS.items():
                parts[place] = parts[place].replace(f" {sign} ", f" {other} ")
        return '"'.join(parts)

    # Kinds of value.

    def number(self, depth: int) -> Part:
        how = self.chance.random()
        if depth <= 0 or how < 0.3:
            return self.plain_number()
        if how < 0.6:
            return self.pick((self.added, self.multiplied))(depth)
        if how < 0.66:
            inner = self.number(depth - 1)
            if inner.binds < PRIMARY or inner.ours[0].isdigit():
                return inner
            return Part(f"-{inner.within(SIGNED)}", SIGNED, f"(-{inner.feel})")
        if how < 0.74:
            return self.chosen(depth, self.number)
        return self.called_number(depth)

    def plain_number(self) -> Part:
        how = self.chance.random()
        if how < 0.6:
            return self.name(self.pick(NUMBERS))
        if how < 0.7:
            return Part("振込先.番号", PRIMARY, "振込先.番号")
        value = str(self.pick(WHOLE)) if how < 0.9 else self.pick(EXACT)
        if how < 0.73:
            return Part(f"-{value}", SIGNED, f"(-{value})") if value != "0" else Part("0", PRIMARY, "0")
        return Part(value, PRIMARY, value)

    def added(self, depth: int) -> Part:
        left, right, sign = self.number(depth - 1), self.number(depth - 1), self.pick("+-")
        feel = f"({left.feel} {sign} {right.feel})"
        return Part(f"{left.within(SUM)} {sign} {right.within(PRODUCT)}", SUM, feel)

    def multiplied(self, depth: int) -> Part:
        left, sign = self.number(depth - 1), self.pick("**/")
        # Only quotients that binary numbers hold exactly; by zero, too.
        right = self.number(depth - 1) if sign == "*" else self.constant(self.pick(("2", "4", "8", "0")))
        feel = f"({left.feel} {sign} {right.feel})"
        return Part(f"{left.within(PRODUCT)} {sign} {right.within(SIGNED)}", PRODUCT, feel)

    def called_number(self, depth: int) -> Part:
        how = self.pick(("年齢", "年度", "年", "計", "件数", "丸め", "絶対値", "文字数", "日数"))
        if how == "年齢":
            born, on = self.name("生年月日"), self.name("今日")
            name, feel = self.pick((
                ("満年齢", f'(years and months duration({born.feel}, {on.feel} + duration("P1D")).years)'),
                ("年度年齢", f"(years and months duration({born.feel}, date((if 今日.month >= 4 then 今日.year + 1"
                 " else 今日.year), 4, 1)).years)"),
            ))  # fmt: skip
            return self.call(name, [born, on], feel)
        if how in ("年度", "年"):
            day = self.day(depth - 1)
            d = day.feel
            name, feel = self.pick((
                ("年度", f"(if {d}.month >= 4 then {d}.year else {d}.year - 1)"),
                ("年", f"{d}.year"), ("月", f"{d}.month"), ("日", f"{d}.day"),
            ))  # fmt: skip
            return self.call(name, [day], feel)
        if how == "日数":
            start, end = self.day(0), self.day(0)
            return self.call("日数", [start, end], f"({end.feel} - {start.feel}).days")
        if how == "計":
            return self.collected(depth)
        if how == "件数":
            return self.call(self.pick(("count", "件数")), [self.name("児童")], "count(児童)")
        if how == "文字数":
            text = self.text(depth - 1)
            return self.call("文字数", [text], f"string length({text.feel})")
        number = self.number(depth - 1)
        if how == "絶対値":
            return self.call(self.pick(("abs", "絶対値")), [number], f"abs({number.feel})")
        names, feel = self.pick((
            (("floor", "切り捨て"), f"floor({number.feel})"),
            (("ceiling", "切り上げ"), f"ceiling({number.feel})"),
            (("四捨五入",), f"round half up({number.feel}, 0)"),
        ))  # fmt: skip
        return self.call(self.pick(names), [number], feel)

    def collected(self, depth: int) -> Part:
        names = self.pick((("sum", "合計"), ("min", "最小"), ("max", "最大")))
        how = self.chance.random()
        if how < 0.4:
            return self.call(self.pick(names), [Part("児童.円", PRIMARY, "児童.円")], f"{names[0]}(児童.円)")
        parts = [self.number(depth - 1) for _ in range(self.pick((1, 2, 3)))]
        if how < 0.7:
            inner = self.listed(parts)
            return self.call(self.pick(names), [inner], f"{names[0]}({inner.feel})")
        parts = parts if len(parts) > 1 else [*parts, self.number(0)]
        return self.call(self.pick(names), parts, f"{names[0]}({', '.join(each.feel for each in parts)})")

    def text(self, depth: int) -> Part:
        how = self.chance.random()
        if depth > 0 and how < 0.15:
            return self.chosen(depth, self.text)
        if depth > 0 and how < 0.3:
            left, right = self.text(depth - 1), self.text(0)
            return Part(f"{left.within(SUM)} + {right.within(PRODUCT)}", SUM, f"({left.feel} + {right.feel})")
        if how < 0.65:
            return self.name(self.pick((*TEXTS, "振込先.名義")))
        return self.constant(f'"{self.pick(WORDS)}"')

    def day(self, depth: int) -> Part:
        how = self.chance.random()
        if depth > 0 and how < 0.15:
            return self.chosen(depth, self.day)
        if depth > 0 and how < 0.3:
            day, count = self.day(depth - 1), self.constant(str(self.pick((0, 1, 10, 14, 365))))
            d, n = day.feel, count.feel
            feel = (
                f'(if {n} < 0 then {d} - duration("P" + string(-{n}) + "D")'
                f' else {d} + duration("P" + string({n}) + "D"))'
            )
            return self.call("日数後", [day, count], feel)
        if depth > 0 and how < 0.38:
            day = self.name("転入日")
            feel = "date((if 転入日.month >= 4 then 転入日.year + 1 else 転入日.year), 3, 31)"
            return self.call("年度末", [day], feel)
        return self.name(self.pick((*DAYS, "今日"))) if how < 0.8 else self.fixed_day()

    def fixed_day(self) -> Part:
        found = self.any_day()
        return Part(self.written_day(found), PRIMARY, f'date("{found.isoformat()}")')

    def any_day(self) -> date:
        """Any day but of 2019, in which the era changed."""
        found = date(2005, 1, 1) + timedelta(days=self.chance.randrange(9000))
        return found + timedelta(days=400) if found.year == 2019 else found

    def written_day(self, found: date) -> str:
        _, era, before = next(each for each in ERAS if found.year > each[0])
        year = found.year - before
        return self.pick((
            f'date("{found.isoformat()}")',
            f'date("{era}{year}年{found.month}月{found.day}日")',
            f'日付("{"HR"[era == "令和"]}{year}.{found.month}.{found.day}")',
            f'日付("{found.year}年{found.month}月{found.day}日")',
        ))  # fmt: skip

    # Truth.

    def truth(self, depth: int) -> Part:
        how = self.chance.random()
        if depth <= 0 or how < 0.08:
            return self.pick((
                self.name(self.pick(TRUTHS)), self.constant("true"), self.constant("false"), self.constant("null"),
            ))  # fmt: skip
        if how < 0.38:
            return self.joined(depth)
        if how < 0.6:
            return self.compared(depth)
        if how < 0.82:
            return self.pick((self.ranged, self.between, self.one_of, self.tested))(depth)
        if how < 0.9:
            inner = self.truth(depth - 1)
            return Part(f"not({inner.ours})", PRIMARY, f"not({inner.feel})")
        if how < 0.94:
            return self.chosen(depth, self.truth)
        return self.about_text(depth)

    def joined(self, depth: int) -> Part:
        word, binds = self.pick((("and", AND), ("or", OR)))
        parts = [self.truth(depth - 1) for _ in range(self.pick((2, 2, 3)))]
        # `in` and `between` always stand in parentheses beside `and` and `or`.
        ours = [
            f"({each.ours})" if " in " in each.ours or " between " in each.ours else each.within(binds + 1)
            for each in parts
        ]
        return Part(f" {word} ".join(ours), binds, "(" + f" {word} ".join(each.feel for each in parts) + ")")

    def compared(self, depth: int) -> Part:
        make = self.pick((self.number, self.number, self.text, self.day))
        left, right = make(depth - 1), make(depth - 1)
        sign = self.pick(("=", "!=", "<", "<=", ">", ">="))
        if self.chance.random() < 0.1:
            sign, right = self.pick(["=", "!="]), self.constant("null")
        return Part(
            f"{left.within(SUM)} {sign} {right.within(SUM)}", COMPARED, f"({left.feel} {sign} {right.feel})"
        )

    def ranged(self, depth: int) -> Part:
        subject, (ours, feel) = self.subject_and_range(depth)
        return Part(f"{subject.within(SUM)} in {ours}", COMPARED, f"({subject.feel} in {feel})")

    def subject_and_range(self, depth: int) -> tuple[Part, tuple[str, str]]:
        opening, closing = self.pick("[("), self.pick("])")
        if self.chance.random() < 0.25:
            low, high = sorted((self.any_day(), self.any_day() + timedelta(days=10_000)))
            ours = f"{self.written_day(low)}..{self.written_day(high)}"
            feel = f'date("{low.isoformat()}")..date("{high.isoformat()}")'
            return self.day(depth - 1), (f"{opening}{ours}{closing}", f"{opening}{feel}{closing}")
        low_number = self.pick((-1, *WHOLE))
        both = f"{opening}{low_number}..{low_number + self.pick((1, 2, 5))}{closing}"
        return self.number(depth - 1), (both, both)

    def between(self, depth: int) -> Part:
        subject, low = self.number(depth - 1), self.pick(WHOLE)
        a, b = str(low), str(low + self.pick((0, 2, 5)))
        return Part(
            f"{subject.within(SUM)} between {a} and {b}", COMPARED, f"({subject.feel} between {a} and {b})"
        )

    def one_of(self, depth: int) -> Part:
        make = self.pick((self.number, self.text))
        subject = make(depth - 1)
        parts = [self.known(make) for _ in range(self.pick((2, 3)))]
        ours, feel = ", ".join(each.ours for each in parts), ", ".join(each.feel for each in parts)
        opening, closing = self.pick((("(", ")"), ("[", "]")))
        return Part(
            f"{subject.within(SUM)} in {opening}{ours}{closing}",
            COMPARED,
            f"({subject.feel} in {opening}{feel}{closing})",
        )

    def tested(self, depth: int) -> Part:
        subject, limit = self.number(depth - 1), str(self.pick(WHOLE))
        sign, low = self.pick(("<", "<=", ">", ">=")), self.pick(WHOLE)
        both = f"{sign} {limit}, [{low}..{low + 2}]"
        return Part(f"{subject.within(SUM)} in ({both})", COMPARED, f"({subject.feel} in ({both}))")

    def known(self, make: Callable[[int], Part]) -> Part:
        """A constant of the kind that a maker makes."""
        if make == self.number:
            return self.constant(str(self.pick(WHOLE)))
        return self.constant(f'"{self.pick(WORDS)}"')

    def about_text(self, depth: int) -> Part:
        left, right = self.text(depth - 1), self.text(0)
        names, feel = self.pick(
            ((("contains", "含む"), "contains"), (("始まる",), "starts with"), (("終わる",), "ends with"))
        )
        return self.call(self.pick(names), [left, right], f"{feel}({left.feel}, {right.feel})")

    # Shapes of every kind.

    def chosen(self, depth: int, make: Callable[[int], Part]) -> Part:
        condition, yes, no = self.truth(depth - 1), make(depth - 1), make(depth - 1)
        ours = f"if {condition.ours} then {yes.ours} else {no.ours}"
        return Part(ours, IF, f"(if {condition.feel} then {yes.feel} else {no.feel})")

    def listed(self, parts: list[Part]) -> Part:
        ours, feel = ", ".join(each.ours for each in parts), ", ".join(each.feel for each in parts)
        return Part(f"[{ours}]", PRIMARY, f"[{feel}]")

    def call(self, name: str, arguments: list[Part], feel: str) -> Part:
        return Part(f"{name}({', '.join(each.ours for each in arguments)})", PRIMARY, feel)

    def name(self, name: str) -> Part:
        return Part(name, PRIMARY, name)

    def constant(self, text: str) -> Part:
        return Part(text, PRIMARY, text)

    # Facts: some questions stay unanswered.

    def facts(self) -> dict[str, Any]:
        """What the names stand for; today is always known and after every birth."""
        return {
            **{name: self.maybe(self.pick((0, 1, 2, 3, 16, 17, 18, 20, 2.5))) for name in NUMBERS},
            **{name: self.maybe(self.pick(WORDS)) for name in TEXTS},
            **{name: self.maybe(self.chance.random() < 0.5) for name in TRUTHS},
            **{name: self.maybe(self.some_day(2005, 20)) for name in DAYS},
            "今日": self.some_day(2026, 3),
            "児童": [
                {"円": self.maybe(self.pick((5000, 10000, 15000))), "名前": self.pick(WORDS)}
                for _ in range(self.pick((0, 1, 2, 3)))
            ],
            "振込先": {"番号": self.maybe(self.pick(WHOLE)), "名義": self.pick(WORDS)},
        }

    def maybe(self, value: Any) -> Any:
        return None if self.chance.random() < 0.2 else value

    def some_day(self, year: int, years: int) -> dict[str, str]:
        start = date(year, 1, 1)
        return {"date": (start + timedelta(days=self.chance.randrange(365 * years))).isoformat()}


def main(count: int, seed: int = 20261122) -> None:
    """Print that many different questions, one JSON object a line."""
    maker, seen = Maker(seed), set[str]()
    while len(seen) < count:
        case = maker.case()
        text = json.dumps({**case, "facts": None})
        if text not in seen and (12 < len(case["ours"]) < 500 if "ours" in case else True):
            seen.add(text)
            print(json.dumps(case, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main(int(sys.argv[1]))
