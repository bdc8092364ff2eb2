"""The demo site: invented people, devices and texts, the same every time."""
