"""Other people's files become listings."""

from ibasho.importers.apply import import_files
from ibasho.importers.mapped import FIELDS
from ibasho.importers.report import ImportOptions, ImportRefusedError, ImportReport

__all__ = ["FIELDS", "ImportOptions", "ImportRefusedError", "ImportReport", "import_files"]
