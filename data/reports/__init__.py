"""What visitors say is wrong with a listing: without their name, read by the staff alone."""

from ibasho.data.reports.model import LONGEST_WORDS, Matter, Report
from ibasho.data.reports.store import (
    MOST_A_DAY,
    UnknownReportError,
    finish_report,
    forget_reports,
    keep_report,
    listing_of_report,
    read_open_reports,
)

__all__ = [
    "LONGEST_WORDS",
    "MOST_A_DAY",
    "Matter",
    "Report",
    "UnknownReportError",
    "finish_report",
    "forget_reports",
    "keep_report",
    "listing_of_report",
    "read_open_reports",
]
