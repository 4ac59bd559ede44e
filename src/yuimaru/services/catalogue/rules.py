"""How parameters turn a publication into what runs at one municipality."""

from __future__ import annotations

from collections.abc import Mapping

from yuimaru.core.kata.models import Cell, Kata, Package, Param
from yuimaru.core.kata.overlays import Overlay, overlaid


class InvalidParam(ValueError):
    """A parameter that the kata does not declare, or a value outside what it allows."""

    def __init__(self, name: str, reason: str, reason_en: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.reason_en = reason_en


def effective(package: Package, params: Mapping[str, Cell], overlay: Overlay | None = None) -> Package:
    """The package as it runs at one municipality: its overlay in place, its parameters as the defaults.

    :raises InvalidParam: an undeclared parameter, a wrong type, a number outside its bounds.
    :raises NoSuchPlace, KataErrors: see `overlays.overlaid`.
    """
    package = overlaid(package, overlay or {})
    declared = {param.id: param for param in package.kata.params}
    for name, value in params.items():
        if name not in declared:
            raise InvalidParam(name, "この型にない項目です。", "The kata does not declare it.")
        _check(declared[name], value)
    chosen = [
        param.model_copy(update={"default": params.get(param.id, param.default)})
        for param in package.kata.params
    ]
    return package.model_copy(update={"kata": package.kata.model_copy(update={"params": chosen})})


def _check(param: Param, value: Cell) -> None:
    expected = {"text": str, "int": int, "yesno": bool}[param.type]
    if type(value) is not expected:
        raise InvalidParam(param.id, "値の種類が違います。", f"The value must be of type {param.type}.")
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = param.min, param.max
        if (low is not None and value < low) or (high is not None and value > high):
            raise InvalidParam(
                param.id,
                f"{low if low is not None else '下限なし'}から{high if high is not None else '上限なし'}までの数にしてください。",
                f"The number must lie between {low} and {high}.",
            )


def deciding_steps(kata: Kata) -> list[str]:
    """The steps that make a disposition (処分) or final decision."""
    return [step.id for step in kata.workflow.steps if step.decides] if kata.workflow else []
