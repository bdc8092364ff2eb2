"""What the demo says about its locations: hours and people are made up, the towns are not.

Each location: name, kind, partnership, street, number, postcode, town, latitude, longitude, and an
introduction for its page.
"""

PARTNERSHIPS = {
    "digiplek": ("Digiplek", 2020, ["1500", "1670", "1755"]),
    "digipunt-aalst": ("Digipunt Aalst", 2022, ["9300"]),
    "digibank-antwerpen": ("Digibank Antwerpen", 2022, ["2000"]),
    "digibanken-rupel": (
        "Digibanken Rupel",
        2024,
        ["2630", "2850", "2620", "2845", "2840", "2627"],
    ),
    "sint-niklaas": ("Digipunt Sint-Niklaas", 2022, ["9100"]),
    "beringen": ("Digipunten Beringen", 2022, ["3580"]),
    "digizone-leuven-noord": ("Digizone Leuven-Noord", 2022, ["3110", "3120", "3220"]),
}

SERVICES = [
    # code, name, in a list, icon, one can look for it, description
    ("help", "Hulp bij je vragen", "Hulp", "help", True,
     "Een digihelper zit naast je en kijkt mee. Breng je toestel en je oplader mee."),
    ("lending", "Toestel lenen", "Uitlenen", "laptop", True,
     "Leen een laptop, tablet of smartphone. Lenen is gratis."),
    ("computers", "Computers om te gebruiken", "Computers", "laptop", True,
     "Kom gewoon binnen. Er staat altijd een computer voor je klaar."),
    ("digidokter", "Digidokter", "Digidokter", "person", False,
     "Voor wie vastzit met een moeilijk probleem."),
    ("print", "Printen", "Printen", "print", True,
     "Stuur je document naar de printer, of breng het mee op een stick."),
    ("scan", "Scannen", "Scannen", "print", False,
     "Maak van je papieren een bestand dat je kan mailen."),
    ("wifi", "Gratis wifi", "Wifi", "wifi", False,
     "Je mag de wifi gebruiken. Vraag de code aan de balie."),
    ("workshops", "Workshops", "Workshops", "book", True,
     "Korte lessen in kleine groep, op jouw tempo."),
    ("refresh", "Je eigen toestel opfrissen", "Opfrissen", "laptop", False,
     "Is je computer traag? We kijken samen wat nog kan."),
    ("repair", "Hersteldienst", "Herstellen", "laptop", False,
     "We kijken je kapotte toestel na en zeggen eerst wat het kost."),
    ("collection", "Toestel schenken", "Inzamelpunt", "box", True,
     "Breng je oude laptop binnen, liefst met de lader. Wij wissen alle gegevens."),
]  # fmt: skip

PLACES = {
    "HAL": ("Digiplek Halle", "fixed", "digiplek", "Bibliotheekstraat (demo)", "1", "1500",
            "Halle", 50.7368, 4.2371,
            "Je vindt ons in de bib. Computers en wifi mag je gewoon gebruiken. Voor een moeilijke "
            "vraag is er elke maand de Digidokter."),
    "PEP": ("Digipunt Pepingen", "fixed", "digiplek", "Ninoofsesteenweg (demo)", "12", "1670",
            "Pepingen", 50.7593, 4.1603,
            "Om de twee weken zijn we in het gemeenschapscentrum. Kom binnen, de koffie is warm."),
    "GOO": ("Digipunt Gooik", "fixed", "digiplek", "Dorpsstraat (demo)", "1", "1755",
            "Pajottegem", 50.7953, 4.1173,
            "We komen een paar keer per seizoen naar Gooik. Kijk hieronder wanneer we er zijn."),
    "AAL": ("Digipunt Aalst", "fixed", "digipunt-aalst", "Stationsplein (demo)", "1", "9300",
            "Aalst", 50.9375, 4.0411,
            "Een warme plek voor al je vragen over je gsm, tablet of computer. De koffie staat "
            "klaar."),
    "ANT": ("Digibank Antwerpen-Noord", "fixed", "digibank-antwerpen", "Kerkstraat (demo)", "1",
            "2060", "Antwerpen", 51.2206, 4.3997,
            "Hulp, workshops en een opfrisbeurt voor je eigen toestel, in het hart van de wijk."),
    "AAR": ("Digipunt Aartselaar", "fixed", "digibanken-rupel", "Laar (demo)", "3", "2630",
            "Aartselaar", 51.1340, 4.3880,
            "Elke woensdagnamiddag helpen we je verder. Zonder afspraak, gratis."),
    "BOO": ("Digibank Rupel – Boom", "fixed", "digibanken-rupel", "Markt (demo)", "1", "2850",
            "Boom", 51.0860, 4.3635,
            "Hier kan je terecht met je vragen, een computer gebruiken, een toestel lenen en een "
            "oud toestel afgeven."),
    "HEM": ("Digipunt Hemiksem", "fixed", "digibanken-rupel", "Lindelei (demo)", "5", "2620",
            "Hemiksem", 51.1443, 4.3460,
            "Elke maandagvoormiddag zijn we er voor al je digitale vragen."),
    "NIE": ("Digipunt Niel", "fixed", "digibanken-rupel", "Dorpsplein (demo)", "2", "2845", "Niel",
            51.1095, 4.3273,
            "Twee keer per maand in Niel: één keer in de voormiddag en één keer na het werk."),
    "RUM": ("Digipunt Rumst", "fixed", "digibanken-rupel", "Kerkplein (demo)", "1", "2840", "Rumst",
            51.0781, 4.4233,
            "Werk je in de week? Wij zijn open op zaterdag."),
    "SNK": ("Digipunt & hersteldienst Sint-Niklaas", "fixed", "sint-niklaas",
            "Grote Markt (demo)", "1", "9100", "Sint-Niklaas", 51.1645, 4.1392,
            "Hulp, een toestel lenen, of je eigen toestel laten herstellen: alles onder één dak."),
    "BER": ("Digipunt Beringen", "fixed", "beringen", "Markt (demo)", "10", "3580", "Beringen",
            51.0483, 5.2242,
            "Elke donderdagnamiddag helpen we je verder. Er zijn ook digisessies in kleine groep."),
    "ROT": ("Digizone Rotselaar", "fixed", "digizone-leuven-noord", "Provinciebaan (demo)", "20",
            "3110", "Rotselaar", 50.9512, 4.7093,
            "Elke woensdagnamiddag. Je kan er ook een laptop of tablet lenen."),
    "TRE": ("Digizone Tremelo", "fixed", "digizone-leuven-noord", "Schrieksebaan (demo)", "3",
            "3120", "Tremelo", 50.9919, 4.7051,
            "Elke vrijdagvoormiddag staat er iemand voor je klaar."),
    "HOL": ("Digizone Holsbeek", "fixed", "digizone-leuven-noord", "Dutselstraat (demo)", "15",
            "3220", "Holsbeek", 50.9209, 4.7561,
            "Elke dinsdagnamiddag. Breng je toestel mee, dan kijken we samen."),
    "MOB1": ("Mobiel digipunt Wezemaal", "mobile", "digizone-leuven-noord", "Buurthuis (demo)", "",
             "3111", "Rotselaar", 50.9476, 4.7558,
             "Wij komen naar het buurthuis. Zonder bus, wel met een digihelper en laptops."),
    "BUS": ("Digibus", "bus", "digizone-leuven-noord", "", "", "3110", "Rotselaar", None, None,
            "Geen digipunt in je buurt? De digibus stopt in je dorp. Met wifi, laptops en mensen "
            "die helpen. Gratis."),
    "KRA": ("Inzamelpunt Kringwinkel Aalst (demo)", "collection", "digipunt-aalst",
            "Tragelstraat (demo)", "7", "9300", "Aalst", 50.9431, 4.0452,
            "Heb je een laptop te veel? Geef hem hier af. Wij wissen alles en geven hem een tweede "
            "leven."),
    "INH": ("Inzamelpunt Atelier Halle (demo)", "collection", "digiplek", "Nijverheidslaan (demo)",
            "4", "1500", "Halle", 50.7290, 4.2310,
            "Breng je oude laptop naar ons atelier. Je ziet meteen waar hij opgeknapt wordt."),
    "ATH": ("Herstelatelier Halle", "workshop", "digiplek", "Nijverheidslaan (demo)", "4", "1500",
            "Halle", 50.7290, 4.2310, ""),
    "ATA": ("Herstelatelier Aalst", "workshop", "digipunt-aalst", "Tragelstraat (demo)", "7",
            "9300", "Aalst", 50.9431, 4.0452, ""),
    "MAG": ("Magazijn Halle", "warehouse", "digiplek", "Nijverheidslaan (demo)", "6", "1500",
            "Halle", 50.7291, 4.2312, ""),
}  # fmt: skip

PARTNERS = [
    # name, partnerships, roles with what exactly
    ("Sociale werkplaats De Schakel (demo)", ["digiplek"],
     [("refurbisher", "maakt nieuwe laptops gebruiksklaar en doet het jaarlijks onderhoud"),
      ("logistics", "brengt toestellen van en naar de uitleendienst")]),
    ("Atelier Stroomop (demo)", ["digipunt-aalst"],
     [("refurbisher", "zamelt toestellen in en knapt ze op")]),
    ("Centrum voor basiseducatie (demo)", ["digipunt-aalst", "digiplek"],
     [("training", "geeft het leertraject bij een toestel")]),
    ("OCMW Halle (demo)", ["digiplek"], [("referrer", "stuurt mensen door, en belt even vooraf")]),
    ("Lagere school De Regenboog (demo)", ["digibank-antwerpen"],
     [("referrer", "helpt ouders op weg"), ("host", "leent een klas uit voor workshops")]),
    ("Buurthuis Wezemaal (demo)", ["digizone-leuven-noord"],
     [("host", "opent de zaal voor het mobiele digipunt")]),
    ("Steunfonds Digitaal Mee (demo)",
     ["digiplek", "digipunt-aalst", "digibanken-rupel"], [("sponsor", "betaalt mee")]),
]  # fmt: skip

HOSTS = {"MOB1": "Buurthuis Wezemaal (demo)"}

INTRODUCTIONS = {
    "digiplek": "Halle, Pepingen en Gooik werken samen. Je vindt er hulp, en je leent er gratis "
    "een laptop.",
    "digipunt-aalst": "De stad Aalst en haar partners helpen je op weg, op jouw tempo.",
    "digibanken-rupel": "Zes gemeenten langs de Rupel delen hun digipunten en hun toestellen.",
    "digizone-leuven-noord": "Dorpen ten noorden van Leuven, met een digibus die bij je langskomt.",
}

TEAMS = {
    # name, what they do, agreed to be shown
    "AAL": [("Tom", "digihelper", True), ("Bram", "balie", True), ("Ria", "vrijwilliger", False)],
    "HAL": [("Fatma", "digihelper", True), ("Luc", "vrijwilliger", True)],
    "BUS": [("Joris", "chauffeur en digihelper", True)],
}

WORKSHOPS = [
    # title, level, price, language, drawing, introduction, learn, bring
    ("Itsme installeren en gebruiken", "starter", "Gratis", "Makkelijk Nederlands", "smartphone",
     "Met itsme toon je op je gsm wie je bent. Zo kan je bij je bank, je belastingen en je dokter. "
     "We installeren het samen.",
     "Itsme op je gsm zetten\nJe aanmelden met itsme\nWat je doet als je je code vergeet\n"
     "Hoe je bedrog herkent",
     "Je gsm en je oplader. Geen gsm? Zeg het ons, wij lenen er een.\n"
     "Je identiteitskaart en je pincode\nJe bankkaart. Niemand kijkt mee als je je code typt."),
    ("Betalen met Payconiq of Bancontact", "starter", "Gratis", "", "smartphone",
     "Betaal in de winkel met je gsm, en stuur veilig geld naar vrienden.",
     "De app installeren\nBetalen met een code\nEen betaling nakijken", "Je gsm\nJe bankkaart"),
    ("Internetbankieren, veilig en rustig", "basic", "Gratis", "", "laptop",
     "Kijk thuis je rekening na en doe een overschrijving. We oefenen op je eigen tempo.",
     "Aanmelden bij je bank\nEen overschrijving doen\nEen valse mail herkennen",
     "Je bankkaart en je kaartlezer"),
    ("Wegwijs in Tax-on-web", "basic", "Gratis", "", "laptop",
     "We tonen de weg in je belastingaangifte. We vullen ze niet samen in.",
     "Aanmelden\nJe voorstel vinden\nWeten wie je kan helpen met invullen",
     "Je identiteitskaart en je pincode, of itsme"),
    ("Het e-loket van je gemeente", "starter", "Gratis", "", "les",
     "Vraag een attest of een afspraak aan zonder je huis uit te gaan.",
     "Het e-loket vinden\nEen attest aanvragen\nEen afspraak maken", "Je identiteitskaart"),
    ("Mijn Burgerprofiel", "starter", "Gratis", "", "les",
     "Op één plek zie je wat de overheid van je weet, en wat je kan krijgen.",
     "Aanmelden\nJe premies nakijken\nEen document bewaren", "Je identiteitskaart of itsme"),
    ("Je eerste stappen met de laptop", "starter", "Gratis", "Makkelijk Nederlands", "laptop",
     "Vier lessen voor wie nog nooit een laptop had. We beginnen met aanzetten.",
     "Muis en toetsenbord\nTypen en bewaren\nOp internet zoeken\nEen mail sturen",
     "Niets. Er staat een laptop voor je klaar."),
    ("Werken met een Chromebook", "starter", "Gratis", "", "laptop",
     "Leen je een Chromebook? Hier leer je hoe hij werkt.",
     "Aanmelden\nBestanden terugvinden\nVideobellen", "Je Chromebook en je oplader"),
    ("Smartphone voor starters", "starter", "2 euro", "", "smartphone",
     "Drie lessen over bellen, foto’s en apps.",
     "Je gsm instellen\nEen app installeren\nFoto’s nemen en bewaren", "Je gsm en je oplader"),
    ("Smartphone voor wie al wat kan", "advanced", "2 euro", "", "smartphone",
     "Haal meer uit je gsm: kaarten, agenda en de camera.",
     "De weg vinden\nJe agenda delen\nRuimte vrijmaken", "Je gsm en je oplader"),
    ("Phishing herkennen", "basic", "Gratis", "", "gesprek",
     "Valse mails en berichten lijken steeds echter. Zo trap je er niet in.",
     "Een valse mail herkennen\nNaar wie je hem doorstuurt\nWat je doet als het toch misloopt",
     "Een mail of bericht waarover je twijfelt"),
    ("Foto’s delen met je familie", "starter", "Gratis", "", "tablet",
     "Stuur foto’s naar je kinderen of kleinkinderen, en bekijk die van hen.",
     "Een foto sturen\nEen album delen\nFoto’s van je gsm halen", "Je gsm of tablet"),
    ("Mijn Gezondheid en je doktersafspraak online", "basic", "Gratis", "", "tablet",
     "Vind je voorschriften en maak een afspraak bij je huisarts.",
     "Aanmelden\nEen voorschrift vinden\nEen afspraak maken", "Je identiteitskaart of itsme"),
    ("Solliciteren: cv en VDAB", "basic", "Gratis", "Uitleg in het Frans", "laptop",
     "Maak je cv en zet het bij de VDAB.",
     "Een cv maken\nJe aanmelden bij de VDAB\nEen vacature bewaren",
     "Je oude cv, als je er een hebt"),
    ("Online afspraken en tickets", "starter", "Gratis", "", "smartphone",
     "Koop je ticket voor de trein of de bus op je gsm.",
     "De dienstregeling vinden\nEen ticket kopen\nJe ticket tonen", "Je gsm\nJe bankkaart"),
    ("Smartschool voor ouders", "starter", "Gratis", "Uitleg in het Arabisch", "tablet",
     "Lees de berichten van de school en volg de punten van je kind.",
     "Aanmelden\nEen bericht lezen en sturen\nDe agenda vinden",
     "De brief van de school met je code"),
]  # fmt: skip

WORKSHOP_INTRODUCTION = (
    "Korte lessen in kleine groep. Je leert één ding, op jouw tempo. De meeste workshops zijn "
    "gratis."
)
