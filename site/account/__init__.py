"""Signing in and out, and one's own account; for staff alone."""

from ibasho.site.account import links, own, passkeys
from ibasho.site.account.views import blueprint

__all__ = ["blueprint", "links", "own", "passkeys"]
