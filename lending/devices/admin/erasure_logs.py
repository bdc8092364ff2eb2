"""Erasure logs: choose files, look at what they say, confirm."""

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


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    widget = ManyFilesInput(attrs={"accept": ".log,.txt,text/plain"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        files = files or [None]  # No file at all is one missing file, or nobody would notice.
        if len(files) > MAX_FILES:
            raise forms.ValidationError(
                _("At most %(count)d files at a time.") % {"count": MAX_FILES}
            )
        return [super(ManyFilesField, self).clean(upload, initial) for upload in files]


class LogsForm(forms.Form):
    logs = ManyFilesField(
        label=gettext_lazy("Log files"),
        help_text=gettext_lazy(
            "One or more logs of nwipe. Nothing is recorded before you confirm."
        ),
        allow_empty_file=True,
    )


class ErasureUploadView(StaffViewMixin, FormView):
    template_name = "lending/devices/admin/erasure_upload.html"
    page_title = gettext_lazy("Erasure logs")
    form_class = LogsForm

    def form_valid(self, form):
        batch = erasure_logs.store_logs(form.cleaned_data["logs"], user=self.request.user)
        return redirect("erasure_logs:preview", batch)


class ErasurePreviewView(StaffViewMixin, TemplateView):
    template_name = "lending/devices/admin/erasure_preview.html"
    page_title = gettext_lazy("Check the logs")

    @cached_property
    def logs(self):
        """One's own batch, as long as it is not confirmed."""
        logs = ErasureLog.objects.filter(
            batch=self.kwargs["batch"], uploaded_by=self.request.user, confirmed_at=None
        )
        found = list(logs.order_by("pk"))
        if not found:
            raise Http404
        return found

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("erasure_logs:index"), "label": ErasureUploadView.page_title}]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        plan = erasure_logs.preview_logs(self.logs, user=self.request.user)
        lines = [line for _log, found in plan for line in found]
        outcomes = [line.outcome for line in lines] + [
            "refused" for log in self.logs if log.problem
        ]
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "counts": [
                {"label": label, "tone": tone, "count": outcomes.count(name)}
                for name, (label, tone) in erasure_logs.OUTCOMES.items()
            ],
            "to_record": sum(1 for line in lines if line.counts),
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
