"""Texts of the content pages."""

from digipunt.demo.blocks import button, heading, questions, steps, text

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
                "beeldbuizen</li><li>Laders, muizen en stevige tassen</li></ul><p>Start het "
                "toestel "
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
                    "<p>Nee. Je geeft het weg. Neem dus eerst een kopie van wat je wil "
                    "bewaren.</p>",
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
                "<p>In een digipunt krijg je hulp met alles wat digitaal is. Je mag er een "
                "computer "
                "gebruiken, een workshop volgen, en op sommige plaatsen een toestel "
                "lenen.</p><p>Wie "
                "er werkt? Digihelpers, in dienst of als vrijwilliger. In het atelier werken "
                "mensen "
                "uit de sociale economie.</p>"
            )
        ],
        "aside": [
            ("open_now", {"heading": "Nu open", "partnership": "", "service": "", "most": 4}),
            ("availability", {"heading": "Nu te leen", "kinds": []}),
        ],
    },
    {
        "slug": "toegankelijkheid",
        "title": "Toegankelijkheid",
        "introduction": "Iedereen moet deze website kunnen gebruiken. Lukt iets niet? Zeg het ons.",
        "body": [
            text(
                "<p>Deze verklaring geldt voor deze website, zoals het Bestuursdecreet van 7 "
                "december "
                "2018 vraagt.</p>"
            ),
            heading("Hoever staan we?"),
            text(
                "<p>Deze website voldoet gedeeltelijk aan WCAG 2.2, niveau AA. We kijken elke "
                "soort "
                "pagina na met een programma en met het toetsenbord. Een test met mensen die een "
                "schermlezer gebruiken, is nog niet gebeurd.</p><p>Opgemaakt en nagekeken op 23 "
                "november 2026.</p>"
            ),
            heading("Wat is nog niet in orde?"),
            text(
                "<ul><li>De tabellen met gegevens in onze pdf’s hebben nog geen koppen per rij. De "
                "tekst is wel leesbaar voor een schermlezer.</li><li>Documenten die anderen "
                "maakten, "
                "zijn niet altijd toegankelijk.</li></ul>"
            ),
            heading("Meld een probleem"),
            text(
                "<p>Bel <b>02 000 00 00</b> of mail naar hallo@digipunt.example. Je krijgt "
                "antwoord "
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
                "<ul><li><b>Leen je een toestel?</b> Je naam, hoe we je bereiken, welk toestel "
                "en tot "
                "wanneer.</li><li><b>Schenk je een toestel?</b> Je naam, hoe we je bereiken en "
                "wat er "
                "met het toestel gebeurde.</li><li><b>Krijg je de nieuwsbrief?</b> Je e-mailadres, "
                "tot je stopt.</li><li><b>Stel je ons een vraag?</b> Je naam, hoe we je bereiken "
                "en je vraag, tot 12 maanden nadat ze beantwoord is.</li><li><b>Vul je een "
                "formulier in?</b> Wat je schrijft, zolang als "
                "ernaast staat.</li></ul><p>We gebruiken dat alleen daarvoor. We "
                "geven het "
                "niet door.</p>"
            ),
            heading("Cookies"),
            text(
                "<p>Deze website gebruikt alleen cookies die nodig zijn om een formulier veilig te "
                "versturen. Er kijkt niemand mee.</p>"
            ),
            heading("Je rechten"),
            text(
                "<p>Je mag vragen wat we over je bewaren, en je mag het laten verbeteren of "
                "wissen. "
                "Bel ons of kom langs. Zolang je een toestel leent, moeten we je naam "
                "bijhouden.</p>"
            ),
        ],
    },
]
