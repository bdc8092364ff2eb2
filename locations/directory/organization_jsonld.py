"""A partnership for machines that read pages: schema.org in JSON-LD."""

from locations.opening_hours.feeds.jsonld import script_safe


def organisation_data(partnership, municipalities, url):
    """A partnership as schema.org knows it, ready for a script element."""
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
