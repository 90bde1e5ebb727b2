"""What may be kept of an answer, and where: in the memory of a process, or on a visitor's device.

A public page without any condition is the same for everyone. One with conditions may be kept where
its view says that they are no more than a link of the site may say.
"""

from collections.abc import Mapping

from flask import g, request


def begin() -> None:
    """Forget what was said of another request."""
    g.pop("for_everyone", None)
    g.pop("off_device", None)


def for_everyone() -> None:
    """Say that the address of this request tells nothing of who asks."""
    g.for_everyone = True


def for_everyone_if_asked(conditions: Mapping[str, str]) -> None:
    """The same where this request has just these conditions."""
    if request.args.to_dict(flat=False) == {name: [one] for name, one in conditions.items()}:
        for_everyone()


def not_on_a_device() -> None:
    """Say that nobody should find this page on the device of who read it."""
    g.off_device = True


def is_for_everyone() -> bool:
    """Whether any visitor may be given this page."""
    return not request.query_string or "for_everyone" in g


def may_be_on_a_device() -> bool:
    """Whether a browser may keep this page for times without a network."""
    return is_for_everyone() and "off_device" not in g and "account" not in g
