"""What is written to people about their accounts."""

from collections.abc import Callable

from ibasho.data.accounts import INVITATION_DAYS, RESET_HOURS
from ibasho.data.mail import Message
from ibasho.site.config import Settings
from ibasho.site.mails import write_mail


def invitation(settings: Settings, email: str, name: str) -> Callable[[str], Message]:
    """Writes the invitation that brings a link's token."""
    return lambda token: write_mail(
        settings, "account_invitation", email, name=name, days=INVITATION_DAYS, token=token
    )


def reset(settings: Settings) -> Callable[[str, str], Message]:
    """Writes to an address how to choose a new password, with a link's token."""
    return lambda to, token: write_mail(
        settings, "account_reset", to, hours=RESET_HOURS, token=token
    )


def changed(settings: Settings, email: str, what: str) -> Message:
    """Says what was changed: `password`, `device` or `removed` for the second step, passkeys."""
    return write_mail(settings, "account_changed", email, what=what)


def locked(settings: Settings, what: str) -> Callable[[str], Message]:
    """Writes that nobody can sign in for a while; `what` was typed wrongly: password or code."""
    return lambda email: write_mail(settings, "account_locked", email, what=what)
