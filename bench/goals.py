"""Goals of the measurements."""

PAGES = {
    "home": "/",
    "location": "/digipunten/digipunt-aalst/",
    "workshop": "/workshops/itsme-installeren-en-gebruiken/",
    "search": "/zoeken/?q=laptop",
    "catalogue": "/lenen/",
    "catalogue page": "/lenen/laptop/",
    "digipunten": "/digipunten/",
    "workshops": "/workshops/",
    "workshops nearby": "/workshops/?q=2060&deel=namiddag",
}
FLOOR = "/__floor__/lenen/laptop/"
LIMIT = "/__limit__/"
SHARE = {  # of the limit page; the demo site of Wagtail reaches 0.009 to 0.031
    "sqlite": {"catalogue": 0.08, "workshops nearby": 0.02, "": 0.05},
    "postgresql": {"catalogue": 0.06, "workshops nearby": 0.02, "": 0.04},
}
TIMES_THE_FLOOR = 2.5
QUERIES = {"catalogue": 6, "catalogue page": 6, "": 12}
CHECK_OUT = {"queries": 14, "writes": 6}
SCAN_QUERIES = 8
LINES_PER_SECOND = 5000
LONGEST_LOCK_MS = 250
NEXT_OPENINGS_MS = 50  # per 1,000 locations
REACH_SECONDS = 2  # for 100,000 visits in three years
REGISTRATION_MS = 3000  # for each of 100 concurrent registrations for the last seat
ROUNDS = 7


def goal(goals, name):
    return goals.get(name, goals[""])
