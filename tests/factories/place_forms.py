"""What a browser sends when somebody saves a place or adjusted days."""

RULE = {
    "recurrence": "weekly",
    "weekday": "0",
    "opens": "09:00",
    "closes": "12:00",
}


def lines(prefix, rows):
    """The fields of an inline panel with new lines only."""
    data = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def location_data(place, rules):
    """A place as it is, with these lines of hours added."""
    return {
        "name": place.name,
        "code": place.code,
        "kind": place.kind,
        "partnership": place.partnership_id or "",
        **lines("opening_rules", [{**RULE, **rule} for rule in rules]),
        **lines("location_services", []),
        **lines("team", []),
    }
