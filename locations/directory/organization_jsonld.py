"""A partnership as schema.org JSON-LD."""

from locations.opening_hours.feeds.jsonld import script_safe


def organization_jsonld(partnership, municipalities, url):
    """Return JSON-LD for a script element; `municipalities` are names."""
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": url,
        "name": partnership.name,
        "url": url,
        "description": partnership.introduction,
        "telephone": str(partnership.phone),
        "email": partnership.email,
        "sameAs": partnership.website,
        "foundingDate": str(partnership.since or ""),
        "areaServed": [{"@type": "City", "name": name} for name in municipalities],
    }
    return script_safe({key: value for key, value in data.items() if value})
