"""Opening hours as plain values: rules, and the calendar computed from them."""
