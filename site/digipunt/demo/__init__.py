"""Demo data: invented people, devices and texts, the same every time."""
