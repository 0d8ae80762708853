"""Choices of a list that carry the words people read."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """`MEMBER = "value", "Label"`: the value is stored and sent, the label is shown."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
