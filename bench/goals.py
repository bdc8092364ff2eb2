"""What is measured, and how good it has to be."""

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
SHARE = {  # of the limit; Wagtail's own demo site reaches 0.009 to 0.031
    "sqlite": {"catalogue": 0.08, "workshops nearby": 0.02, "": 0.05},
    "postgresql": {"catalogue": 0.06, "workshops nearby": 0.02, "": 0.04},
}
TIMES_THE_FLOOR = 2.5
QUERIES = {"catalogue": 6, "catalogue page": 6, "": 12}
CHECK_OUT = {"queries": 14, "writes": 6}
SCAN_QUERIES = 8
LINES_PER_SECOND = 5000
LONGEST_LOCK_MS = 250
NEXT_OPENINGS_MS = 50  # for 1,000 places, and as much for every 1,000 more
REACH_SECONDS = 2  # three years of 100,000 visits
REGISTRATION_MS = 3000  # for each of a hundred who want the last seat at once
ROUNDS = 7


def goal(goals, name):
    return goals.get(name, goals[""])
