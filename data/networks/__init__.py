"""Networks of places: what they are, and how many listings name them."""

from ibasho.data.networks.model import Network, NotATelephoneError, PublicNetwork
from ibasho.data.networks.store import keep_network, read_networks

__all__ = ["Network", "NotATelephoneError", "PublicNetwork", "keep_network", "read_networks"]
