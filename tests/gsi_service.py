"""A service of our own that answers as the address search of 国土地理院 does."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Service:
    """A server of our own that answers as the address search does, and notes what it was asked."""

    address: str = ""
    answer: object = None
    status: int = 200
    wait: float = 0
    asked: list[str] = field(default_factory=list)
    asked_at: list[float] = field(default_factory=list)

    def says(self, *found: tuple[str, float, float]) -> None:
        self.answer = [
            {"type": "Feature", "properties": {"addressCode": "", "title": title},
             "geometry": {"type": "Point", "coordinates": [lon, lat]}}
            for title, lat, lon in found
        ]  # fmt: skip


@contextmanager
def answering() -> Iterator[Service]:
    """Such a service, as long as it is needed."""
    told = Service()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked += parse_qs(urlsplit(self.path).query)["q"]
            told.asked_at.append(time.monotonic())
            time.sleep(told.wait)
            body = told.answer if isinstance(told.answer, bytes) else json.dumps(told.answer)
            self.send_response(told.status)
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.address = f"http://127.0.0.1:{server.server_port}/AddressSearch"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield told
        server.shutdown()
