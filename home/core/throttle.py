"""Limit how often one visitor may do something, across all processes.

The shared cache holds a keyed hash of the network address, as long as the count lasts. Concurrent
requests may be counted once; that is accurate enough for the actions that are limited here.
"""

import ipaddress
import time

from django.core.cache import caches
from django.utils.crypto import salted_hmac


def allow(request, name, *, limit, seconds):
    """Count a request for `name` and return whether it is within `limit` per `seconds`."""
    window = int(time.time() // seconds)
    key = f"throttle:{name}:{window}:{_visitor(request)}"
    counts = caches["shared"]
    count = counts.get(key, 0)
    if count >= limit:
        return False
    counts.set(key, count + 1, seconds)
    return True


def _visitor(request):
    """Return a hash of an IPv4 address, or of the /64 network of an IPv6 address."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        parsed = None
    if parsed and parsed.version == 6:
        address = str(ipaddress.ip_network((parsed, 64), strict=False))
    return salted_hmac("home.throttle", address, algorithm="sha256").hexdigest()
