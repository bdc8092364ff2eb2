"""Words of the demo site, in the style that the house writes."""

from datetime import date

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


def text(html):
    return ("text", html)


def heading(words, level="2"):
    return ("heading", {"text": words, "level": level})


def steps(*pairs):
    return ("steps", {"steps": [{"title": title, "text": words} for title, words in pairs]})


def questions(*pairs):
    return ("questions", {"questions": [{"question": q, "answer": a} for q, a in pairs]})


def button(words, address, style=""):
    return (
        "button",
        {"text": words, "page": None, "document": None, "address": address, "style": style},
    )


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

CONTENT_PAGES = [
    {
        "slug": "schenken",
        "title": "Schenk een toestel",
        "introduction": "Wij wissen al je gegevens, knappen het toestel op en lenen het uit aan "
        "iemand die er een nodig heeft.",
        "drawing": "doos",
        "show_in_menus": True,
        "body": [
            button("Meld je toestel aan", "/schenken/aanmelden/", "go"),
            heading("Dit nemen we aan"),
            text(
                "<ul><li>Laptops, liefst met de lader die erbij hoort</li><li>Tablets en "
                "smartphones zonder gebroken scherm</li><li>Computers en schermen, behalve oude "
                "beeldbuizen</li><li>Laders, muizen en stevige tassen</li></ul><p>Start het toestel "
                "niet op en is er geen lader? Breng het naar het recyclagepark van je gemeente. Zo "
                "komt het ook goed terecht.</p>"
            ),
            heading("Zo gaat het"),
            steps(
                ("Meld je toestel aan", "<p>Je krijgt een nummer. Bijvoorbeeld S-2026-0001.</p>"),
                (
                    "Breng het binnen",
                    "<p>Bij een inzamelpunt in je buurt. Meer dan 10 toestellen? Wij komen ze "
                    "halen.</p>",
                ),
                ("Wij wissen alles", "<p>Elke harde schijf. En we kijken het na.</p>"),
                (
                    "Je volgt het toestel",
                    "<p>Je ziet wat ermee gebeurt. Je kan een attest vragen.</p>",
                ),
            ),
            questions(
                (
                    "Zijn mijn gegevens echt weg?",
                    "<p>Ja. Een toestel gaat hier pas naar iemand anders als elke schijf gewist en "
                    "nagekeken is. Vraag je een attest, dan lees je daarop hoe.</p>",
                ),
                (
                    "Krijg ik het toestel terug?",
                    "<p>Nee. Je geeft het weg. Neem dus eerst een kopie van wat je wil bewaren.</p>",
                ),
                (
                    "Krijg ik een voordeel bij de belastingen?",
                    "<p>Dat kunnen we niet beloven. Vraag het aan je boekhouder.</p>",
                ),
            ),
        ],
        "aside": [
            (
                "panel",
                {
                    "title": "Heb je een attest gekregen?",
                    "text": "<p>Kijk na of het echt is, met het nummer en de code.</p>",
                    "buttons": [
                        {
                            "text": "Kijk een attest na",
                            "page": None,
                            "document": None,
                            "address": "/attest/",
                        }
                    ],
                    "colour": "sky",
                },
            )
        ],
    },
    {
        "slug": "over-ons",
        "title": "Wie we zijn",
        "introduction": "Een digibank is geen bank. Het is een groep van gemeenten en organisaties "
        "die samen digipunten openhouden.",
        "drawing": "straat",
        "body": [
            text(
                "<p>In een digipunt krijg je hulp met alles wat digitaal is. Je mag er een computer "
                "gebruiken, een workshop volgen, en op sommige plaatsen een toestel lenen.</p><p>Wie "
                "er werkt? Digihelpers, in dienst of als vrijwilliger. In het atelier werken mensen "
                "uit de sociale economie.</p>"
            )
        ],
        "aside": [("availability", {"heading": "Nu te leen", "kinds": []})],
    },
    {
        "slug": "toegankelijkheid",
        "title": "Toegankelijkheid",
        "introduction": "Iedereen moet deze website kunnen gebruiken. Lukt iets niet? Zeg het ons.",
        "body": [
            text(
                "<p>Deze verklaring geldt voor deze website, zoals het Bestuursdecreet van 7 december "
                "2018 vraagt.</p>"
            ),
            heading("Hoever staan we?"),
            text(
                "<p>Deze website voldoet gedeeltelijk aan WCAG 2.2, niveau AA. We kijken elke soort "
                "pagina na met een programma en met het toetsenbord. Een test met mensen die een "
                "schermlezer gebruiken, is nog niet gebeurd.</p><p>Opgemaakt en nagekeken op 23 "
                "november 2026.</p>"
            ),
            heading("Wat is nog niet in orde?"),
            text(
                "<ul><li>De tabellen met gegevens in onze pdf’s hebben nog geen koppen per rij. De "
                "tekst is wel leesbaar voor een schermlezer.</li><li>Documenten die anderen maakten, "
                "zijn niet altijd toegankelijk.</li></ul>"
            ),
            heading("Meld een probleem"),
            text(
                "<p>Bel <b>02 000 00 00</b> of mail naar hallo@digipunt.example. Je krijgt antwoord "
                "binnen 7 werkdagen.</p>"
            ),
        ],
    },
    {
        "slug": "privacy",
        "title": "Privacy",
        "introduction": "We vragen zo weinig mogelijk, en we zeggen waarom.",
        "body": [
            heading("Wat vragen we nooit?"),
            text(
                "<p>We vragen je rijksregisternummer niet en we kopiëren je identiteitskaart niet. "
                "Typ je dat nummer toch ergens, dan weigert de website het.</p>"
            ),
            heading("Wat houden we bij?"),
            text(
                "<ul><li><b>Leen je een toestel?</b> Je naam, hoe we je bereiken, welk toestel en tot "
                "wanneer.</li><li><b>Schenk je een toestel?</b> Je naam, hoe we je bereiken en wat er "
                "met het toestel gebeurde.</li></ul><p>We gebruiken dat alleen daarvoor. We geven het "
                "niet door.</p>"
            ),
            heading("Cookies"),
            text(
                "<p>Deze website gebruikt alleen cookies die nodig zijn om een formulier veilig te "
                "versturen. Er kijkt niemand mee.</p>"
            ),
            heading("Je rechten"),
            text(
                "<p>Je mag vragen wat we over je bewaren, en je mag het laten verbeteren of wissen. "
                "Bel ons of kom langs. Zolang je een toestel leent, moeten we je naam bijhouden.</p>"
            ),
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
        "kind": "visit",
        "title": "Kom langs",
        "value": "Zoek je digipunt",
        "address": "/digipunten/",
        "hours": "Gratis. Je hebt geen afspraak nodig.",
    },
]

# column, words, page, address
FOOTER = [
    ("about", "Wie we zijn", "over-ons", ""),
    ("about", "Verhalen", "", "/verhalen/"),
    ("know", "Toegankelijkheid", "toegankelijkheid", ""),
    ("know", "Privacy", "privacy", ""),
    ("know", "Kijk een attest na", "", "/attest/"),
]

# name, colour, from, until: the last one is past, and so not shown any more
SPONSORS = [
    ("Stad Demo", "#0b6545", None, None),
    ("Fonds Demo", "#b0301c", date(2026, 1, 1), None),
    ("Oude steun", "#16205c", date(2025, 1, 1), date(2026, 7, 31)),
]


def home_body(*, catalogue, digipunten, workshops, giving, story):
    """The body of the start page: three ways in, what is free now, a story."""
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
