"""Networks of places: what they are, who belongs to them, and what they do together.

What changes a part of it stands in the module of that part: `members`, `meetings`, `news`,
`helping`; how offers and needs are matched in `matching`.
"""

from ibasho.data.networks.help import Help, Need, Offer, Standing
from ibasho.data.networks.meetings import Meeting, Task, UnknownMeetingError
from ibasho.data.networks.members import (
    Member,
    NotChangeableError,
    PartnerKind,
    Person,
    UnknownMemberError,
    read_members,
    recipients,
)
from ibasho.data.networks.model import Network, NotATelephoneError, PublicNetwork
from ibasho.data.networks.news import News, OtherRecipientsError, SentError, UnknownNewsError
from ibasho.data.networks.store import (
    UnknownNetworkError,
    keep_network,
    network_ids,
    read_network,
    read_networks,
)

__all__ = [
    "Help",
    "Meeting",
    "Member",
    "Need",
    "Network",
    "News",
    "NotATelephoneError",
    "NotChangeableError",
    "Offer",
    "OtherRecipientsError",
    "PartnerKind",
    "Person",
    "PublicNetwork",
    "SentError",
    "Standing",
    "Task",
    "UnknownMeetingError",
    "UnknownMemberError",
    "UnknownNetworkError",
    "UnknownNewsError",
    "keep_network",
    "network_ids",
    "read_members",
    "read_network",
    "read_networks",
    "recipients",
]
