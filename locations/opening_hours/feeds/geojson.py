"""Locations for maps: GeoJSON (RFC 7946), with coordinates as longitude, latitude."""


def location_feature(location, calendar, url, now):
    """Return a location as a Feature; its geometry is null without coordinates."""
    next_opening = calendar.next_opening(now)
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
            "next_opening": next_opening.starts_at.isoformat() if next_opening else None,
            "next_opening_by_appointment": next_opening.by_appointment if next_opening else None,
        },
    }


def feature_collection(features):
    """Return features as a FeatureCollection."""
    return {"type": "FeatureCollection", "features": features}
