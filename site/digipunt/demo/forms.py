"""Pages with a form, with invented answers, and a newsletter."""

import uuid
from datetime import timedelta

from django.utils import timezone

from digipunt.demo import website
from home.forms.models import FormField, FormPage, Submission
from home.newsletter.models import Newsletter, Subscriber
from home.pages.models import ContentPage

TALK = {
    "title": "Liever praten?",
    "text": "<p>Bel <b>02 000 00 00</b>. Of zeg het aan de digihelper in je digipunt.</p>",
    "buttons": [],
    "colour": "",
}
KINDS = ("label", "field_type", "required", "help_text", "choices")

FORMS = [
    {
        "slug": "feedback",
        "title": "Zeg het ons",
        "introduction": "Elke opmerking wordt gelezen. Je hoeft je naam niet te geven.",
        "button": "Stuur",
        "privacy": "Onze coördinator leest het, om de site en de digipunten beter te maken. "
        "Zonder adres weten we niet wie je bent.",
        "thanks_title": "Dank je wel",
        "thanks": "We lezen dit binnen 2 werkdagen. Gaf je een adres? Dan krijg je antwoord.",
        "receives_error_reports": True,
        "aside": [("panel", TALK)],
        "questions": [
            (
                "Waarover gaat het?",
                "radio",
                True,
                "",
                "Er staat een fout op de site\nIets werkt niet, of ik kan het niet lezen\n"
                "Een idee voor mijn digipunt\nEen klacht of een compliment",
            ),
            (
                "Op welke pagina?",
                "page",
                False,
                "Kwam je van een pagina van ons? Dan vulden wij dit al in.",
                "",
            ),
            (
                "Wat wil je zeggen?",
                "multiline",
                True,
                "Schrijf geen namen van andere mensen.",
                "",
            ),
            ("Hoe gaat het hier voor jou?", "radio", False, "", "Goed\nGaat wel\nMoeilijk"),
            (
                "Wat zou jou helpen?",
                "checkboxes",
                False,
                "Je mag er meer aanduiden.",
                "Meer uren open\nEen digipunt dichterbij\nUitleg in mijn taal\n"
                "Een les over iets anders\nHulp bij mij thuis",
            ),
            (
                "Je e-mailadres of telefoonnummer",
                "singleline",
                False,
                "Alleen als je een antwoord wil.",
                "",
            ),
        ],
    },
    {
        "slug": "word-vrijwilliger",
        "title": "Word vrijwilliger",
        "introduction": "Je helpt mensen op weg met hun gsm of computer. Je hoeft geen kenner te "
        "zijn: geduld is genoeg.",
        "button": "Ik doe mee",
        "privacy": "De coördinator in je buurt belt of mailt je. We geven je gegevens niet door.",
        "thanks_title": "Fijn dat je wil helpen",
        "thanks": "We bellen of mailen je binnen de week. Dan spreken we af in een digipunt.",
        "keep_months": 6,
        "aside": [
            (
                "panel",
                {
                    "title": "Wat krijg je?",
                    "text": "<ul><li>Een opleiding, met andere vrijwilligers</li><li>Een "
                    "verzekering en je onkosten terug</li><li>Een vast gezicht dat je kan "
                    "bellen</li></ul>",
                    "buttons": [],
                    "colour": "sun",
                },
            )
        ],
        "questions": [
            ("Je naam", "singleline", True, "", ""),
            ("Je telefoonnummer", "phone", True, "Liever een mail? Zeg het hieronder.", ""),
            ("Je e-mailadres", "email", False, "", ""),
            ("Je postcode", "singleline", True, "Zo zoeken we een digipunt in je buurt.", ""),
            (
                "Wanneer kan je?",
                "checkboxes",
                True,
                "",
                "Overdag in de week\n’s Avonds in de week\nOp zaterdag",
            ),
            (
                "Wat doe je graag?",
                "checkboxes",
                False,
                "",
                "Mensen helpen in een digipunt\nEen les geven\nToestellen herstellen\n"
                "Bij mensen thuis gaan\nMeerijden met de digibus",
            ),
            ("Welke talen spreek je?", "singleline", False, "", ""),
            ("Wil je nog iets vertellen?", "multiline", False, "", ""),
        ],
    },
    {
        "slug": "start-een-digibank",
        "title": "Start een digibank",
        "introduction": "Een digibank is geen bank. Het is een groep van gemeenten en organisaties "
        "die samen digipunten openhouden. Wil je er een in jouw buurt?",
        "button": "Neem contact op met mij",
        "privacy": "We gebruiken dit alleen om je te antwoorden.",
        "thanks_title": "Goed idee",
        "thanks": "We bellen of mailen je binnen 2 weken. Dan kijken we samen wat er nodig is.",
        "aside": [
            (
                "panel",
                {
                    "title": "Wat heb je nodig?",
                    "text": "<ul><li>Een lokaal bestuur of OCMW dat meedoet</li><li>Een plek die "
                    "iedereen kent</li><li>Iemand die er tijd voor krijgt</li></ul><p>Toestellen "
                    "en opleiding: daar helpen wij mee.</p>",
                    "buttons": [],
                    "colour": "sun",
                },
            )
        ],
        "questions": [
            ("Je organisatie", "singleline", True, "", ""),
            (
                "Wat voor organisatie is het?",
                "dropdown",
                True,
                "",
                "Gemeente of stad\nOCMW\nBibliotheek\nVereniging\nBedrijf\nIets anders",
            ),
            ("Je naam", "singleline", True, "", ""),
            ("Je e-mailadres", "email", True, "", ""),
            ("Je telefoonnummer", "phone", False, "", ""),
            ("In welke gemeente?", "singleline", True, "", ""),
            (
                "Wat heb je al?",
                "checkboxes",
                False,
                "Niets? Dat is geen probleem.",
                "Een plek\nVrijwilligers\nToestellen\nGeld",
            ),
            ("Wat wil je ons vragen?", "multiline", False, "", ""),
        ],
    },
]

# subject, experience, improvement, frequency
ANSWERS = [
    ("Een idee voor mijn digipunt", "Goed", ["Meer uren open"], 9),
    ("Er staat een fout op de site", "Gaat wel", [], 7),
    ("Iets werkt niet, of ik kan het niet lezen", "Moeilijk", ["Uitleg in mijn taal"], 6),
    ("Een klacht of een compliment", "Goed", ["Een les over iets anders"], 5),
    ("Een idee voor mijn digipunt", "Gaat wel", ["Een digipunt dichterbij", "Meer uren open"], 6),
    ("Een idee voor mijn digipunt", "", ["Hulp bij mij thuis"], 3),
]
SAID = [
    "Het uur van zaterdag klopt niet.",
    "Kan het digipunt ook eens ’s avonds open zijn?",
    "De kleine letters op mijn gsm kan ik niet lezen.",
    "Dank u voor de vriendelijke uitleg!",
    "Een les over foto’s bewaren zou fijn zijn.",
]

# The text around the subscription form, which is part of the view.
NEWSLETTER_PAGE = {
    "slug": "nieuwsbrief",
    "title": "Nieuws van je digipunt",
    "introduction": "4 keer per jaar een korte mail. Nieuwe workshops, nieuwe toestellen en één "
    "verhaal.",
}
NEWS = (
    "<p>De dagen worden kort. In het digipunt is het warm.</p>"
    "<h2>Nieuwe workshops</h2>"
    "<ul><li>Itsme op je gsm</li><li>Veilig betalen</li><li>Foto’s bewaren</li></ul>"
    '<p>Een plaats nemen? Kijk bij <a href="/workshops/">onze workshops</a>, of bel ons.</p>'
    "<h2>Ligt er nog een laptop in je kast?</h2>"
    '<p>Wij wissen alles en geven hem een tweede leven. <a href="/schenken/">Zo schenk je een '
    "toestel</a>.</p>"
)


def load(home):
    """Create the missing pages, and return all of them by slug."""
    pages = {"nieuwsbrief": website.page(home, ContentPage, **NEWSLETTER_PAGE)}
    for form in FORMS:
        fields = {key: value for key, value in form.items() if key != "questions"}
        found = FormPage.objects.child_of(home).filter(slug=form["slug"]).first()
        pages[form["slug"]] = found or _create_page(home, fields, form["questions"])
        if not found and form["slug"] == "feedback":
            _create_answers(pages[form["slug"]])
    _load_newsletter()
    return pages


def _create_page(home, fields, questions):
    page = FormPage(**fields)
    page.form_fields = [
        FormField(sort_order=order, **dict(zip(KINDS, question, strict=True)))
        for order, question in enumerate(questions)
    ]
    home.add_child(instance=page)
    page.save_revision().publish()
    return FormPage.objects.get(pk=page.pk)


def _create_answers(page):
    """Create the answers of some months."""
    about, _page, said, going, helps, _reach = [
        field.clean_name for field in page.form_fields.all()
    ]
    number = 0
    for subject, feeling, wishes, times in ANSWERS:
        for _time in range(times):
            answers = {about: subject, said: SAID[number % len(SAID)], going: feeling}
            answers[helps] = wishes
            submission = Submission.objects.create(
                page=page,
                form_data={name: answer for name, answer in answers.items() if answer},
                request_key=uuid.uuid5(uuid.NAMESPACE_URL, f"demo-feedback-{number}"),
            )
            moment = timezone.now() - timedelta(days=3 * number)
            Submission.objects.filter(pk=submission.pk).update(submit_time=moment)
            number += 1


def _load_newsletter():
    """Create subscribers with addresses that do not exist, and a draft newsletter."""
    if not Newsletter.objects.exists():
        Newsletter.objects.create(subject="Nieuws van je digipunt: winter", body=NEWS)
    now = timezone.now()
    for number in range(1, 13):
        email = f"abonnee{number}@demo.example"
        Subscriber.objects.get_or_create(
            key=Subscriber.make_key(email),
            defaults={
                "email": email,
                "asked_at": now,
                "confirmed_at": now if number < 12 else None,
            },
        )
