"""One-use links: what a person may do with a mail, a text message or a paper, and no account."""

from ibasho.data.links.store import (
    DeadLinkError,
    Link,
    Purpose,
    end_all_links,
    end_links,
    make_link,
    read_link,
    reopen_links,
    use_link,
)

__all__ = [
    "DeadLinkError",
    "Link",
    "Purpose",
    "end_all_links",
    "end_links",
    "make_link",
    "read_link",
    "reopen_links",
    "use_link",
]
