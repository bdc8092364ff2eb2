"""Public check of an attest by its number and code; it shows no personal data."""

import re
from collections import Counter
from datetime import date

from django import forms
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.core import throttle
from home.core.public_forms import PublicForm
from lending.devices.models import Erasure, StorageMedium
from lending.donations.models import Attest

MAX_TRIES, WINDOW = 20, 600  # seconds

LEVELS = {
    "clear": gettext_lazy("Clear"),
    "purge": gettext_lazy("Purge"),
    "destroy": gettext_lazy("Destroy"),
}


class AttestCheckForm(PublicForm):
    """The number and code on an attest."""

    number = forms.CharField(
        label=gettext_lazy("The number of the attest"),
        max_length=40,
        help_text=gettext_lazy("For example W-2026-0001."),
        widget=forms.TextInput(
            attrs={"class": "code-input", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the number of the attest.")},
    )
    code = forms.CharField(
        label=gettext_lazy("The code on the attest"),
        max_length=40,
        help_text=gettext_lazy("For example K7M4-R2XP-93BF."),
        widget=forms.TextInput(
            attrs={"class": "code-input", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the code on the attest.")},
    )

    def clean_number(self):
        """Return 'w 2026 1' as W-2026-0001."""
        typed = self.cleaned_data["number"].upper()
        match = re.search(r"(20\d\d)\W*0*(\d{1,6})\s*$", typed)
        return f"W-{match[1]}-{int(match[2]):04d}" if match else typed

    def clean_code(self):
        letters = re.sub(r"[^0-9A-Z]", "", self.cleaned_data["code"].upper())
        return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"

    def find_attest(self):
        """Return the attest, or None; whether the number exists does not change the timing."""
        attest = Attest.objects.filter(number=self.cleaned_data["number"]).first()
        code = attest.code if attest else "-" * 14
        is_valid = constant_time_compare(code, self.cleaned_data["code"])
        return attest if is_valid else None


@never_cache
@require_http_methods(["GET", "POST"])
def check_attest(request):
    """Render the form, and what was erased if number and code are right."""
    form = AttestCheckForm(request.POST or None)
    context = {"form": form, "trail": [], "crumb": _("Check an attest")}
    status = 200
    if form.is_bound and form.is_valid():
        if not throttle.allow(request, "attest", limit=MAX_TRIES, seconds=WINDOW):
            form.add_error(
                None, _("Too many codes were tried from here. Wait 10 minutes and try again.")
            )
            status = 429
        elif attest := form.find_attest():
            context |= {
                "attest": attest,
                "erased": erasure_summary(attest),
                "days": erasure_period(attest),
            }
        else:
            context["unknown"] = True
    return render(request, "lending/donations/attest_check.html", context, status=status)


def erasure_summary(attest):
    """Return the number of media for each kind, method, level and day."""
    counts = Counter(
        (
            StorageMedium.Kind(medium["kind"]).label,
            _("Destroyed")
            if medium["result"] == "destroyed"
            else Erasure.Method(medium["method"]).label,
            LEVELS[medium["level"]],
            date.fromisoformat(medium["date"]),
        )
        for medium in attest.data["media"]
    )
    names = ("kind", "method", "level", "day")
    return [{**dict(zip(names, row, strict=True)), "count": n} for row, n in counts.items()]


def erasure_period(attest):
    """Return the first and last day of an erasure."""
    days = sorted(date.fromisoformat(medium["date"]) for medium in attest.data["media"])
    return days[0], days[-1]
