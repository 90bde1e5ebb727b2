"""Signing in and out, for staff alone."""

from ibasho.site.account.views import blueprint

__all__ = ["blueprint"]
