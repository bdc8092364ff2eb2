"""Device types, real models and catalogue pages of the demo."""

from lending.catalogue.models import CatalogueIndexPage, CataloguePage
from lending.devices.models import DeviceModel, DeviceType

TYPES = {
    "laptop": ("laptop", True),
    "chromebook": ("Chromebook", True),
    "tablet": ("tablet", True),
    "smartphone": ("smartphone", True),
    "desktop": ("desktop", True),
    "mifi": ("mifi (internet voor thuis)", False),
}

# key: (type, brand, model, ready for Windows 11)
MODELS = {
    "v15": ("laptop", "Lenovo", "V15 G4", True),
    "p2": ("laptop", "Acer", "TravelMate P2", True),
    "l5490": ("laptop", "Dell", "Latitude 5490", True),
    "l5400": ("laptop", "Dell", "Latitude 5400", True),
    "g5": ("laptop", "HP", "EliteBook 840 G5", True),
    "pb450": ("laptop", "HP", "ProBook 450 G6", True),
    "t480": ("laptop", "Lenovo", "ThinkPad T480", True),
    "l390": ("laptop", "Lenovo", "ThinkPad L390", True),
    "e7470": ("laptop", "Dell", "Latitude E7470", False),
    "g3": ("laptop", "HP", "EliteBook 840 G3", False),
    "t460": ("laptop", "Lenovo", "ThinkPad T460", False),
    "300e": ("chromebook", "Lenovo", "300e", None),
    "a314": ("chromebook", "Acer", "Chromebook 314", None),
    "11g8": ("chromebook", "HP", "Chromebook 11 G8 EE", None),
    "a8": ("tablet", "Samsung", "Galaxy Tab A8", None),
    "ipad7": ("tablet", "Apple", "iPad 7", None),
    "a14": ("smartphone", "Samsung", "Galaxy A14", None),
    "g22": ("smartphone", "Nokia", "G22", None),
    "3060": ("desktop", "Dell", "OptiPlex 3060", True),
    "400g5": ("desktop", "HP", "ProDesk 400 G5", True),
    "m7350": ("mifi", "TP-Link", "M7350", None),
}

# slug: (title, type, introduction, duration, conditions, drawing)
PAGES = {
    "laptop": (
        "Laptop",
        "laptop",
        "Om te mailen, te typen en formulieren in te vullen. We hebben elke laptop zelf nagekeken.",
        "2 jaar in Aalst, 6 maanden elders",
        "In Aalst volg je een leertraject",
        "laptop",
    ),
    "chromebook": (
        "Chromebook",
        "chromebook",
        "Een lichte laptop. Alles staat online. Start snel op.",
        "2 jaar in Aalst, 6 maanden elders",
        "In Aalst volg je een leertraject",
        "laptop",
    ),
    "tablet": (
        "Tablet",
        "tablet",
        "Om te videobellen, te lezen en foto’s te bekijken.",
        "6 maanden",
        "",
        "tablet",
    ),
    "smartphone": (
        "Smartphone",
        "smartphone",
        "Om te bellen en voor itsme. Zonder simkaart.",
        "6 maanden",
        "",
        "smartphone",
    ),
    "computer": (
        "Computer met scherm",
        "desktop",
        "Een computer voor thuis, met scherm, klavier en muis.",
        "6 maanden",
        "",
        "set",
    ),
    "internet-voor-thuis": (
        "Internet voor thuis (mifi)",
        "mifi",
        "Een klein doosje dat wifi maakt. Je steekt het in het stopcontact en je hebt internet.",
        "6 maanden",
        "",
        "doos",
    ),
}


def load_models():
    """Create the models, and return them by their key in MODELS."""
    types = {}
    for code, (name, has_storage) in TYPES.items():
        types[code], _new = DeviceType.objects.get_or_create(
            code=code, defaults={"name": name, "has_storage": has_storage}
        )
    models = {}
    for key, (kind, brand, name, windows11) in MODELS.items():
        models[key], _new = DeviceModel.objects.get_or_create(
            brand=brand,
            name=name,
            defaults={"type": types[kind], "windows11_ready": windows11},
        )
    return models


def load_pages(home_page):
    """Create the catalogue with a page per kind, and link the models to their page."""
    index = CatalogueIndexPage.objects.child_of(home_page).first()
    if index is None:
        index = home_page.add_child(
            instance=CatalogueIndexPage(
                title="Leen een toestel",
                slug="lenen",
                introduction="Gratis, met oplader en tas. Je ziet hier wat nu vrij is, en waar.",
                show_in_menus=True,
            )
        )
        index.save_revision().publish()
    for slug, (title, kind, introduction, period, conditions, drawing) in PAGES.items():
        page = CataloguePage.objects.child_of(index).filter(slug=slug).first()
        if page is None:
            page = index.add_child(
                instance=CataloguePage(
                    title=title,
                    slug=slug,
                    introduction=introduction,
                    price="Gratis",
                    loan_period=period,
                    conditions=conditions,
                    drawing=drawing,
                )
            )
            page.save_revision().publish()
        DeviceModel.objects.filter(type__code=kind, catalogue_page=None).update(catalogue_page=page)
    return index
