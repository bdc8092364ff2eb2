"""Form data as a browser posts it for a location or for adjusted days."""

RULE = {
    "recurrence": "weekly",
    "weekday": "0",
    "opens": "09:00",
    "closes": "12:00",
}


def inline_formset_data(prefix, rows):
    """Return the fields of an inline panel that holds only new rows."""
    data = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def location_form_data(location, rules):
    """Return the form data of a location as it is, with these opening rules added."""
    return {
        "name": location.name,
        "code": location.code,
        "kind": location.kind,
        "partnership": location.partnership_id or "",
        **inline_formset_data("opening_rules", [{**RULE, **rule} for rule in rules]),
        **inline_formset_data("location_services", []),
        **inline_formset_data("team", []),
    }
