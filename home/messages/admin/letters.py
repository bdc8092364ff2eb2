"""Letters to who has neither e-mail nor telephone: printed together, then marked as posted."""

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
from home.messages.admin.messages import location_names
from home.messages.documents import render_letters
from home.messages.models import Message
from home.messages.operations import follow_up

AT_ONCE = 50  # on one screen and in one PDF
POSTED_SHOWN = 20


def chosen(rows, ticked):
    """Those that were ticked, as far as the person may see them; without any tick all."""
    keys = set(ticked)
    return [row for row in rows if not keys or str(row.pk) in keys]


class LetterListView(StaffViewMixin, TemplateView):
    template_name = "home/messages/admin/letters.html"
    page_title = gettext_lazy("Letters")

    def get_context_data(self, **kwargs):
        mine = Message.objects.visible_to(self.request.user)
        waiting = list(mine.to_print()[: AT_ONCE + 1])
        posted = mine.filter(channel=Message.Channel.LETTER, state=Message.State.SENT)
        posted = list(posted.order_by("-sent_at")[:POSTED_SHOWN])
        return super().get_context_data(**kwargs) | {
            "letters": waiting[:AT_ONCE],
            "more": len(waiting) > AT_ONCE,
            "posted": posted,
            "places": location_names(waiting),
            "may_change": self.user_has_permission("change"),
        }


class LetterPaperView(StaffViewMixin, View):
    """All of them in one PDF; changes nothing, so a printer that jams costs nothing."""

    def get(self, request):
        rows = Message.objects.visible_to(request.user).to_print()[:AT_ONCE]
        found = chosen(rows, request.GET.getlist("letter"))
        if not found:
            messages.info(request, _("There is no letter to print."))
            return redirect("letters:index")
        try:
            paper = render_letters(found)
        except DocumentError as error:
            messages.error(request, str(error))
            return redirect("letters:index")
        return HttpResponse(
            paper,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="brieven-{timezone.localdate()}.pdf"'
            },
        )


class PostedView(StaffViewMixin, View):
    """The letters that were ticked are printed and posted."""

    http_method_names = ["post"]

    def post(self, request):
        ticked = request.POST.getlist("letter")
        rows = Message.objects.visible_to(request.user).to_print()[:AT_ONCE]
        found = chosen(rows, ticked) if ticked else []
        count = follow_up.mark_posted(found, user=request.user)
        if count:
            text = ngettext(
                "%(count)s letter is posted. Did the printer jam? Print it again below.",
                "%(count)s letters are posted. Did the printer jam? Print them again below.",
                count,
            )
            messages.success(request, text % {"count": count})
        else:
            messages.warning(request, _("Tick the letters that are posted."))
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
            path("brieven.pdf", self.construct_view(LetterPaperView), name="paper"),
            path("posted/", posted, name="posted"),
        ]
