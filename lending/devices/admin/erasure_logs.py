"""Import of erasure logs: upload, preview, confirm."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from lending.devices.models import Device, ErasureLog
from lending.devices.operations import erasure_logs

MAX_FILES = 50


class MultipleFileInput(forms.ClearableFileInput):
    """An input for several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """A field for several files, as in the documentation of Django."""

    widget = MultipleFileInput(attrs={"accept": ".log,.txt,text/plain"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        files = files or [None]  # No file is validated as one missing file.
        if len(files) > MAX_FILES:
            raise forms.ValidationError(
                _("At most %(count)d files at a time.") % {"count": MAX_FILES}
            )
        return [super(MultipleFileField, self).clean(upload, initial) for upload in files]


class LogsForm(forms.Form):
    """The logs to import."""

    logs = MultipleFileField(
        label=gettext_lazy("Log files"),
        help_text=gettext_lazy(
            "One or more logs of nwipe. Nothing is recorded before you confirm."
        ),
        allow_empty_file=True,
    )


class ErasureUploadView(StaffViewMixin, FormView):
    """Upload of a batch of logs."""

    template_name = "lending/devices/admin/erasure_upload.html"
    page_title = gettext_lazy("Erasure logs")
    form_class = LogsForm

    def form_valid(self, form):
        batch = erasure_logs.store_logs(form.cleaned_data["logs"], user=self.request.user)
        return redirect("erasure_logs:preview", batch)


class ErasurePreviewView(StaffViewMixin, TemplateView):
    """Preview and confirmation of a batch of logs."""

    template_name = "lending/devices/admin/erasure_preview.html"
    page_title = gettext_lazy("Check the logs")

    @cached_property
    def logs(self):
        """Return the logs of the user's own batch, unless it is confirmed."""
        logs = ErasureLog.objects.filter(
            batch=self.kwargs["batch"], uploaded_by=self.request.user, confirmed_at=None
        )
        logs = list(logs.order_by("pk"))
        if not logs:
            raise Http404
        return logs

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("erasure_logs:index"), "label": ErasureUploadView.page_title}]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        plan = erasure_logs.preview_logs(self.logs, user=self.request.user)
        previews = [preview for _log, previews_of_log in plan for preview in previews_of_log]
        outcomes = [preview.outcome for preview in previews] + [
            "refused" for log in self.logs if log.problem
        ]
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "counts": [
                {"label": label, "tone": tone, "count": outcomes.count(name)}
                for name, (label, tone) in erasure_logs.OUTCOMES.items()
            ],
            "to_record": sum(preview.will_be_recorded for preview in previews),
        }

    def post(self, request, batch):
        count = erasure_logs.confirm_logs(self.logs, user=request.user)
        messages.success(
            request,
            ngettext("%(count)d erasure recorded.", "%(count)d erasures recorded.", count)
            % {"count": count},
        )
        return redirect("workbench:index")


class ErasureLogViewSet(ScreenViewSet):
    """Screens of the import of erasure logs."""

    model = Device
    permission_required = "process"
    name = "erasure_logs"
    url_prefix = "wislogs"
    icon = "upload"
    menu_label = gettext_lazy("Erasure logs")

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(ErasureUploadView), name="index"),
            path("<uuid:batch>/", self.construct_view(ErasurePreviewView), name="preview"),
        ]
