"""What visitors say is wrong with a listing: without their name, read by the staff alone."""

from ibasho.data.reports.model import LONGEST_WORDS, Matter, Report
from ibasho.data.reports.store import (
    MOST_A_DAY,
    TooManyReportsError,
    UnknownReportError,
    finish_report,
    keep_report,
    listing_of_report,
    read_open_reports,
)

__all__ = [
    "LONGEST_WORDS",
    "MOST_A_DAY",
    "Matter",
    "Report",
    "TooManyReportsError",
    "UnknownReportError",
    "finish_report",
    "keep_report",
    "listing_of_report",
    "read_open_reports",
]
