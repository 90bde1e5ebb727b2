"""The address search of 国土地理院, for operators who have said that they want to ask it.

It is a service on the network: what is asked leaves this machine. So only `better_points` asks,
which asks for nothing but addresses that this site shows to everybody; never for what a visitor
types, nor for an address that is hidden. Answers are kept beside the address points for a year,
"nothing found" too.
"""

import datetime as dt
import json
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from urllib.parse import quote

from ibasho.data.addresses import UNMEASURED_RADIUS_M, agrees, blocks_in, finer
from ibasho.data.addresses.store import keep_answer, read_answer
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.geocode import Level, Match, geocode

_KEPT = dt.timedelta(days=365)
_LONGEST_ANSWER = 1_000_000  # bytes
_MOST_ANSWERS = 20

Answers = list[tuple[str, float, float]]


@dataclass(slots=True)
class GsiSearch:
    """The offline answer, and the service's where that is nearer and agrees; one for each run.

    `db` holds address points and answers, `address` is the service's. `delay_s` lies between two
    requests, `timeout_s` is for each, and no more than `at_most` are made. A request that fails is
    the last one: `warn` is told once, and the offline answers remain.
    """

    db: Database
    warn: Callable[[str], None]
    address: str
    delay_s: float = 0.5
    timeout_s: float = 5.0
    at_most: int = 200
    _asked: int = field(default=0, init=False)
    _asked_at: float = field(default=float("-inf"), init=False)

    def geocode(self, address: str, municipality: str | None) -> Match:
        """Where a public address lies, to the block where points or the service know that."""
        match = finer(self.db, address, geocode(address, municipality))
        if match.level not in (Level.CHOME, Level.TOWN) or not blocks_in(address, match):
            return match
        named = address if match.municipality in address else f"{municipality or ''}{address}"
        for title, lat, lon in self._answers(named):
            if agrees(title, lat, lon, address, match):
                return replace(
                    match,
                    lat=lat,
                    lon=lon,
                    level=Level.BLOCK,
                    # Not measured: nothing says how the service's points were made.
                    radius_m=UNMEASURED_RADIUS_M,
                    matched=f"{match.matched}{blocks_in(address, match)[0]}{_sign(title)}",
                )
        return match

    def _answers(self, address: str) -> Answers:
        kept = read_answer(self.db, address, (today() - _KEPT).isoformat())
        if kept is not None:
            return kept
        if self._asked >= self.at_most:
            return []
        self._asked += 1
        time.sleep(max(0.0, self._asked_at + self.delay_s - time.monotonic()))
        try:
            answers = self._ask(address)
        except (
            OSError, HTTPException, ValueError, LookupError, TypeError, RecursionError
        ) as error:  # fmt: skip
            self._asked = self.at_most
            self.warn(f"the address search of 国土地理院 did not answer ({error}); towns remain")
            return []
        finally:
            self._asked_at = time.monotonic()
        keep_answer(self.db, address, answers)
        return answers

    def _ask(self, address: str) -> Answers:
        """One request. Raises OSError, and ValueError and its like for what is no answer."""
        url = f"{self.address}?q={quote(address, safe='')}"
        if not url.startswith(("https://", "http://")):
            raise ValueError("its address must begin with https://")
        with urllib.request.urlopen(url, timeout=self.timeout_s) as response:  # noqa: S310 (checked above)
            features = json.loads(response.read(_LONGEST_ANSWER))
        found = []
        for feature in list(features)[:_MOST_ANSWERS]:
            lon, lat = feature["geometry"]["coordinates"][:2]
            found.append((str(feature["properties"]["title"]), float(lat), float(lon)))
        return found


def _sign(title: str) -> str:
    return "番地" if "番地" in title else "番"
