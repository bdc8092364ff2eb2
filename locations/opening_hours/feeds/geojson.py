"""Places for maps: GeoJSON (RFC 7946), with coordinates as longitude, latitude."""


def feature(location, calendar, url, now):
    """A place as a Feature; without coordinates its geometry is null, as the standard has it."""
    following = calendar.next_opening(now)
    return {
        "type": "Feature",
        "id": location.code,
        "geometry": None
        if location.lat is None
        else {"type": "Point", "coordinates": [location.lon, location.lat]},
        "properties": {
            "name": location.name,
            "kind": location.kind,
            "address": location.address,
            "phone": str(location.phone),
            "url": url,
            "open_now": calendar.is_open(now),
            "next_opening": following.starts_at.isoformat() if following else None,
            "next_opening_by_appointment": following.by_appointment if following else None,
        },
    }


def collection(features):
    return {"type": "FeatureCollection", "features": features}
