"""What a place says of today and of single dates: quickly said, undone at will, ended by itself."""

from ibasho.data.notices.model import Light, SaidLight, SaidOfLate, holds_until
from ibasho.data.notices.month import (
    FurtherDay,
    Month,
    MonthChangedError,
    MonthDay,
    confirm_month,
    last_of_month,
    read_month,
    withdraw_month,
)
from ibasho.data.notices.store import (
    FARTHEST,
    LONGEST_NOTE,
    UnknownNoticeError,
    WrongDateError,
    WrongTimesError,
    close_on,
    open_on,
    read_lights,
    read_said_on,
    say_light,
    take_back,
    withdraw_light,
)

__all__ = [
    "FARTHEST",
    "LONGEST_NOTE",
    "FurtherDay",
    "Light",
    "Month",
    "MonthChangedError",
    "MonthDay",
    "SaidLight",
    "SaidOfLate",
    "UnknownNoticeError",
    "WrongDateError",
    "WrongTimesError",
    "close_on",
    "confirm_month",
    "holds_until",
    "last_of_month",
    "open_on",
    "read_lights",
    "read_month",
    "read_said_on",
    "say_light",
    "take_back",
    "withdraw_light",
    "withdraw_month",
]
