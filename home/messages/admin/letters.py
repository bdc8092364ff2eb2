"""Letters to people without e-mail address and phone number: print them, then mark as posted."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from home.documents.rendering import DocumentError
from home.messages.documents import render_letters
from home.messages.models import Message
from home.messages.operations import staff_actions

MAX_LETTERS = 50  # on the screen and in the PDF
MAX_POSTED = 20


def selected_letters(letters, keys):
    """Return the letters with these primary keys, or all letters without keys."""
    return [letter for letter in letters if not keys or str(letter.pk) in keys]


class LetterListView(StaffViewMixin, TemplateView):
    """The letters to print, and the last ones that were posted."""

    template_name = "home/messages/admin/letters.html"
    page_title = gettext_lazy("Letters")

    def get_context_data(self, **kwargs):
        visible = Message.objects.visible_to(self.request.user)
        waiting = list(visible.to_print()[: MAX_LETTERS + 1])
        posted = visible.filter(channel=Message.Channel.LETTER, state=Message.State.SENT)
        posted = list(posted.order_by("-sent_at")[:MAX_POSTED])
        return super().get_context_data(**kwargs) | {
            "letters": waiting[:MAX_LETTERS],
            "more": len(waiting) > MAX_LETTERS,
            "posted": posted,
            "may_change": self.user_has_permission("change"),
        }


class LetterPdfView(StaffViewMixin, View):
    """The letters in one PDF; printing changes nothing."""

    def get(self, request):
        rows = Message.objects.visible_to(request.user).to_print()[:MAX_LETTERS]
        letters = selected_letters(rows, request.GET.getlist("letter"))
        if not letters:
            messages.info(request, _("There is no letter to print."))
            return redirect("letters:index")
        try:
            pdf = render_letters(letters)
        except DocumentError as error:
            messages.error(request, str(error))
            return redirect("letters:index")
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="brieven-{timezone.localdate()}.pdf"'
            },
        )


class PostedView(StaffViewMixin, View):
    """Mark the selected letters as posted."""

    http_method_names = ["post"]

    def post(self, request):
        keys = request.POST.getlist("letter")
        rows = Message.objects.visible_to(request.user).to_print()[:MAX_LETTERS]
        letters = selected_letters(rows, keys) if keys else []
        count = staff_actions.mark_posted(letters, user=request.user)
        if count:
            text = ngettext(
                "%(count)s letter is marked as posted. Did the printer jam? Print it again below.",
                "%(count)s letters are marked as posted. Did the printer jam? "
                "Print them again below.",
                count,
            )
            messages.success(request, text % {"count": count})
        else:
            messages.warning(request, _("Select the letters that are posted."))
        return redirect(reverse("letters:index"))


class LetterViewSet(ScreenViewSet):
    model = Message
    permission_required = "view"
    name = "letters"
    url_prefix = "brieven"
    icon = "doc-full"
    menu_label = gettext_lazy("Letters")

    def get_urlpatterns(self):
        posted = self.construct_view(PostedView, permission_required="change")
        return [
            path("", self.construct_view(LetterListView), name="index"),
            path("brieven.pdf", self.construct_view(LetterPdfView), name="paper"),
            path("posted/", posted, name="posted"),
        ]
