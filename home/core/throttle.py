"""How often one visitor may do one thing: counted together for all processes, without addresses.

The shared cache holds only a keyed hash of the visitor's network, for as long as the count lasts.
A count that is a little behind when many come at once is good enough for what is guarded here.
"""

import ipaddress
import time

from django.core.cache import caches
from django.utils.crypto import salted_hmac


def allow(request, name, *, limit, seconds):
    """Count this visit to `name`; whether it is one of the first `limit` within so many seconds."""
    window = int(time.time() // seconds)
    key = f"throttle:{name}:{window}:{_visitor(request)}"
    counts = caches["shared"]
    count = counts.get(key, 0)
    if count >= limit:
        return False
    counts.set(key, count + 1, seconds)
    return True


def _visitor(request):
    """One IPv4 address; of IPv6 the network that one connection gets as a whole."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        parsed = None
    if parsed and parsed.version == 6:
        address = str(ipaddress.ip_network((parsed, 64), strict=False))
    return salted_hmac("home.throttle", address, algorithm="sha256").hexdigest()
