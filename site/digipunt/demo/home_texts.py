"""Texts of the home page, stories, footer and sponsors."""

from datetime import date

from digipunt.demo.blocks import heading, text

HOME = {
    "heading": "Vast met je gsm of computer?",
    "introduction": "Kom naar een digipunt. We helpen je, één op één en op jouw tempo. Gratis.",
    "search_label": "Waar woon je?",
    "search_hint": "Typ je postcode of gemeente. Bijvoorbeeld: 9300 of Aalst.",
}
STORIES = {
    "title": "Verhalen",
    "introduction": "Wat een toestel, een les of een gesprek voor iemand deed.",
    "show_in_menus": True,
}


STORY_PAGES = [
    {
        "slug": "lotte-mailt-nu-zelf-met-de-school",
        "title": "Lotte mailt nu zelf met de school",
        "introduction": "Lotte leende een laptop in Aalst en volgde vier lessen.",
        "quote": "Nu mail ik zelf met de school. Vroeger moest mijn zus dat doen.",
        "teller": "Lotte",
        "teller_is": "leende een laptop in Aalst",
        "person": "persoon-2",
        "drawing": "gesprek",
        "days_ago": 12,
        "tags": ["Lenen", "Leren"],
        "body": [
            text(
                "<p>Lotte heeft twee kinderen op de lagere school. Alles gaat er digitaal: de "
                "brieven, de rekeningen, de foto’s. Thuis had ze alleen een oude gsm.</p><p>In "
                "Digipunt Aalst kreeg ze een laptop voor 2 jaar. Ze volgde er vier lessen bij, in "
                "een kleine groep.</p>"
            ),
            heading("Klein beginnen"),
            text(
                "<p>De eerste les ging over de muis en het toetsenbord. De laatste over mailen. "
                "“Ik dacht dat ik het nooit zou kunnen. Nu help ik mijn buurvrouw.”</p>"
            ),
        ],
    },
    {
        "slug": "een-tweede-leven-voor-150-laptops",
        "title": "Een tweede leven voor 150 laptops",
        "introduction": "Een school gaf haar oude laptops weg. Het atelier maakte ze weer klaar.",
        "quote": "Elke schijf wissen we, en we kijken het na. Dan slaapt de school ook gerust.",
        "teller": "Ilse",
        "teller_is": "werkt in het herstelatelier",
        "person": "persoon-4",
        "drawing": "atelier",
        "days_ago": 33,
        "tags": ["Schenken", "Sociale economie"],
        "body": [
            text(
                "<p>Een school kocht nieuwe laptops. De oude werkten nog, maar waren te traag voor "
                "de lessen. Ze gaf ze aan de digibank.</p><p>In het atelier gaat elk toestel langs "
                "vijf handen: nakijken, wissen, herstellen, testen, inpakken. Wat niet meer kan, "
                "levert onderdelen.</p>"
            ),
            (
                "quote",
                {
                    "text": "Ik leerde hier een vak. En ik weet voor wie ik het doe.",
                    "name": "Mo",
                    "role": "leert herstellen in het atelier",
                    "person": "persoon-3",
                },
            ),
        ],
    },
    {
        "slug": "jozef-belt-met-zijn-kleinkinderen",
        "title": "Jozef belt met zijn kleinkinderen",
        "introduction": "Jozef heeft geen mailadres. Dat hoeft ook niet.",
        "quote": "Ze belden mij gewoon op. Een computer had ik toen nog niet.",
        "teller": "Jozef",
        "teller_is": "leent een tablet in Rotselaar",
        "person": "persoon-5",
        "drawing": "tablet",
        "days_ago": 54,
        "tags": ["Lenen"],
        "body": [
            text(
                "<p>Jozef is 72. Zijn kleinkinderen wonen in Spanje. In het digipunt leerde hij "
                "videobellen op een tablet.</p><p>“Op zondag om vier uur zitten ze allemaal voor "
                "het scherm. Dan drinken we samen koffie.”</p>"
            )
        ],
    },
]

HELP = [
    {
        "kind": "phone",
        "title": "Bel ons",
        "value": "02 000 00 00",
        "hours": "Maandag tot vrijdag, 9 tot 17 uur",
    },
    {
        "kind": "mail",
        "title": "Mail ons",
        "value": "hallo@digipunt.example",
        "hours": "Je krijgt antwoord binnen 2 werkdagen",
    },
    {
        "kind": "chat",
        "title": "Schrijf ons",
        "value": "Stel je vraag",
        "address": "/hulp-vragen/",
        "hours": "Ook voor hulp bij jou thuis",
    },
    {
        "kind": "visit",
        "title": "Kom langs",
        "value": "Zoek je digipunt",
        "address": "/digipunten/",
        "hours": "Gratis. Je hebt geen afspraak nodig.",
    },
]

# column, text, page, URL
FOOTER = [
    ("about", "Wie we zijn", "over-ons", ""),
    ("about", "Verhalen", "", "/verhalen/"),
    ("about", "Wie werkt samen in mijn buurt?", "", "/digipunten/samenwerking/"),
    ("about", "Nieuwsbrief", "nieuwsbrief", ""),
    ("about", "Word vrijwilliger", "word-vrijwilliger", ""),
    ("about", "Start een digibank", "start-een-digibank", ""),
    ("know", "Zeg het ons", "feedback", ""),
    ("know", "Toegankelijkheid", "toegankelijkheid", ""),
    ("know", "Privacy", "privacy", ""),
    ("know", "Kijk een attest na", "", "/attest/"),
]

# name, colour, from, until; the last one is in the past and therefore hidden
SPONSORS = [
    ("Stad Demo", "#0b6545", None, None),
    ("Fonds Demo", "#b0301c", date(2026, 1, 1), None),
    ("Oude steun", "#16205c", date(2025, 1, 1), date(2026, 7, 31)),
]


def home_body(*, catalogue, digipunten, workshops, giving, story):
    """Return the body of the home page: three entries, availability, and a story."""
    return [
        (
            "ways",
            {
                "ways": [
                    {
                        "title": "Leen een toestel",
                        "text": "Een laptop, tablet of smartphone. Gratis, met oplader en tas.",
                        "page": catalogue,
                        "drawing": "laptop",
                        "live": "devices",
                    },
                    {
                        "title": "Volg een workshop",
                        "text": "Itsme, mailen, veilig betalen. In een kleine groep.",
                        "page": workshops,
                        "drawing": "les",
                        "live": "",
                    },
                    {
                        "title": "Schenk een toestel",
                        "text": "Ligt er nog een laptop in je kast? We wissen alles en geven hem "
                        "een tweede leven.",
                        "page": giving,
                        "drawing": "doos",
                        "live": "",
                    },
                ]
            },
        ),
        ("story", {"story": story, "drawing": "atelier"}),
        (
            "call",
            {
                "title": "Geen idee waar te beginnen?",
                "text": "Loop gewoon binnen in een digipunt. Je hoeft niets mee te brengen.",
                "link": {
                    "text": "Zoek een digipunt",
                    "page": digipunten,
                    "document": None,
                    "address": "",
                },
                "colour": "paper",
            },
        ),
    ]
