"""Factories of a small site with every page type of home and its layout."""

import io
from datetime import date, timedelta

from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Page, Site

from home.pages.models import (
    ContentPage,
    CustomImage,
    FooterLink,
    HelpChannel,
    HomePage,
    SponsorLogo,
    StoryIndexPage,
    StoryPage,
)

PARAGRAPH = (
    "<p>Lotte is 29 en woont in Aalst. Ze heeft <b>twee kinderen</b>. De school stuurt alles via "
    "Smartschool. “Op mijn gsm lukte dat niet. Mijn zus deed het voor mij.”</p>"
)
FIRST_DAY = date(2026, 11, 16)


def image(title="Plein", *, alt="Een plein met bomen", credit="Jan (demo)", size=(1600, 900)):
    file = io.BytesIO()
    Image.new("RGB", size, (226, 236, 250)).save(file, "PNG")
    return CustomImage.objects.create(
        title=title, alt=alt, credit=credit, file=ContentFile(file.getvalue(), f"{title}.png")
    )


def link(text, *, page=None, address=""):
    return {"text": text, "page": page, "document": None, "address": address}


def home_page(**fields):
    """Create a site with only a home page."""
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    page = root.add_child(
        instance=HomePage(
            title="Hulp bij je gsm of computer",
            slug="start",
            heading="Vast met je gsm of computer?",
            introduction="Kom naar een digipunt. We helpen je, één op één en op jouw tempo.",
            search_label="Waar woon je?",
            search_hint="Typ je postcode of gemeente. Bijvoorbeeld: 9300 of Aalst.",
            **fields,
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    cache.clear()
    return page


def content_page(parent, title, slug, *, menu=False, **fields):
    return parent.add_child(
        instance=ContentPage(title=title, slug=slug, show_in_menus=menu, **fields)
    )


def story_index(parent, **fields):
    return parent.add_child(
        instance=StoryIndexPage(
            title="Verhalen",
            slug="verhalen",
            show_in_menus=True,
            introduction="Mensen vertellen wat een toestel, een les of een gesprek voor hen deed.",
            **fields,
        )
    )


def story(parent, number=1, *, tags=(), **fields):
    fields.setdefault("title", f"Verhaal {number}")
    page = parent.add_child(
        instance=StoryPage(
            slug=f"verhaal-{number}",
            date=FIRST_DAY - timedelta(days=14 * number),
            introduction="Lotte leende een laptop in Digipunt Aalst.",
            quote="Nu mail ik zelf met de school. Vroeger moest mijn zus dat doen.",
            teller="Lotte",
            teller_is="leende een laptop in Aalst",
            **fields,
        )
    )
    if tags:
        page.tags.add(*tags)
        page.save()
    return page


def sponsor(name="Demofonds", **fields):
    logo = fields.pop("logo", None) or image(name, alt=name, size=(300, 80))
    return SponsorLogo.objects.create(name=name, logo=logo, alt=name, **fields)


def help_channels():
    for position, (kind, title, value, address, hours) in enumerate(
        [
            ("phone", "Bel ons", "02 000 00 00", "", "Maandag tot vrijdag, 9 tot 17 uur"),
            ("mail", "Mail ons", "hallo@digipunt.example", "", "Antwoord binnen 2 werkdagen"),
            ("visit", "Kom langs", "Zoek je digipunt", "/digipunten/", "Zonder afspraak"),
        ]
    ):
        HelpChannel.objects.create(
            kind=kind, title=title, value=value, address=address, hours=hours, position=position
        )


def every_block(page, picture, logo):
    """Return a page body with each block of home once; its links point to `page`."""
    question = {"question": "Moet ik een afspraak maken?", "answer": "<p>Nee. Kom langs.</p>"}
    table = {
        "data": [
            ["Wat", "Waarom", "Hoelang"],
            ["Je vraagt een toestel", "Naam en telefoon", "6 maanden"],
        ],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_caption": "Wat we bewaren",
    }
    return [
        ("heading", {"text": "Iedereen is welkom", "level": "2"}),
        ("text", PARAGRAPH + "<ul><li>Je mailt een foto.</li><li>Je maakt een afspraak.</li></ul>"),
        ("notice", {"kind": "", "title": "Breng je oplader mee", "text": "<p>Dan gaat het.</p>"}),
        ("notice", {"kind": "yes", "title": "Gelukt", "text": "<p>Je bent er.</p>"}),
        ("notice", {"kind": "sun", "title": "Klopt dit?", "text": "<p>Kijk even na.</p>"}),
        ("notice", {"kind": "stop", "title": "Gesloten", "text": "<p>Op 25 december.</p>"}),
        ("heading", {"text": "Zo gaat het", "level": "2"}),
        ("steps", {"steps": [{"title": "Je vraagt", "text": PARAGRAPH}, {"title": "Wij helpen"}]}),
        ("heading", {"text": "Meer hierover", "level": "3"}),
        ("quote", {"text": "Nu help ik de anderen.", "name": "Lotte", "role": "leende een laptop"}),
        ("image", {"image": picture, "caption": "Het plein"}),
        ("drawing", {"drawing": "straat"}),
        ("table", table),
        ("questions", {"questions": [question, {**question, "question": "Kost het geld?"}]}),
        (
            "panel",
            {"title": "Hulp thuis", "text": PARAGRAPH, "buttons": [link("Vraag", page=page)]},
        ),
        ("button", {**link("Zoek je digipunt", address="/digipunten/"), "style": "go"}),
        ("ways", {"ways": [way("Leen een toestel", page), way("Volg een les", page, "les")]}),
        (
            "cards",
            {
                "title": "In het kort",
                "cards": [
                    {"title": "Geen rijksregisternummer", "text": "We vragen het nooit."},
                    {"title": "Schenken", "text": "We wissen alles.", "page": page},
                ],
            },
        ),
        ("sponsors", {"title": "Onze partners", "logos": [logo]}),
        (
            "call",
            {
                "title": "Klaar om langs te komen?",
                "text": "Er is er een bij jou in de buurt.",
                "link": link("Zoek je digipunt", address="/digipunten/"),
                "colour": "sun",
            },
        ),
    ]


def way(title, page, drawing="laptop"):
    return {
        "title": title,
        "text": "Gratis, met tas.",
        "page": page,
        "drawing": drawing,
        "live": "",
    }


def whole_site():
    """Create a complete site and return its pages by name."""
    start = home_page()
    menu = [
        content_page(start, title, title.lower(), menu=True)
        for title in ("Digipunten", "Lenen", "Workshops", "Schenken")
    ]
    index = story_index(start)
    picture, logo = image(), sponsor(url="https://www.example.org/")
    aside = [
        (
            "panel",
            {"title": "Ook lenen?", "buttons": [link("Bekijk", page=menu[1])], "colour": "sun"},
        ),
        ("notice", {"kind": "", "title": "Gratis", "text": "<p>Altijd.</p>"}),
    ]
    texts = [
        ("text", PARAGRAPH),
        ("heading", {"text": "Een laptop voor 2 jaar", "level": "2"}),
        ("quote", {"text": "Nu help ik de anderen.", "name": "Lotte", "person": "persoon-2"}),
        ("text", PARAGRAPH),
    ]
    stories = [
        story(
            index,
            number,
            title=title,
            tags=["lenen", "leren"][number % 2 :],
            body=texts,
            aside=aside,
            image=picture if number == 3 else None,
            drawing=drawing,
        )
        for number, (title, drawing) in enumerate(
            [
                ("“Nu mail ik zelf met de school”", "gesprek"),
                ("De digibus in Baal: wifi op het plein", "digibus"),
                ("In het atelier: Ilse geeft laptops een tweede leven", "atelier"),
                ("Jozef leert videobellen met zijn kleinkind", "les"),
                ("26 laptops van één bedrijf: waar zijn ze nu?", "laptop"),
            ]
        )
    ]
    start.body = [
        (
            "ways",
            {
                "ways": [
                    way("Leen een toestel", menu[1]),
                    way("Volg een workshop", menu[2], "les"),
                    way("Schenk een toestel", menu[3], "doos"),
                ]
            },
        ),
        ("story", {"story": stories[0], "drawing": "atelier"}),
        *every_block(menu[0], picture, logo)[-2:],
    ]
    start.save()
    about = content_page(
        start,
        "Wat is een digipunt?",
        "wat-is-een-digipunt",
        introduction="Een digipunt is een plek bij jou in de buurt. Je krijgt er hulp.",
        drawing="straat",
        caption="Je herkent een digipunt aan de gele gevel.",
        body=every_block(menu[3], picture, logo),
        aside=aside,
    )
    deeper = content_page(about, "Voor wie is het?", "voor-wie", image=picture, body=texts)
    help_channels()
    for position, (column, title, page, language) in enumerate(
        [
            ("about", "Wat is een digipunt?", about, ""),
            ("about", "Verhalen", index, ""),
            ("know", "Toegankelijkheid", about, ""),
            ("language", "Français", about, "fr"),
            ("language", "العربية", about, "ar"),
        ]
    ):
        FooterLink.objects.create(
            column=column, title=title, page=page, language=language, position=position
        )
    FooterLink.objects.create(column="know", title="Attest controleren", address="/attest/")
    cache.clear()
    return {
        "start": start,
        "about": about,
        "deeper": deeper,
        "stories": index,
        "story": stories[0],
        "story with image": stories[3],
    }
