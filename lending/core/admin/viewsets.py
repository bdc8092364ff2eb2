"""Models in the admin with only the doors that fit them, and listings with quick lists."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from home.core.admin.base import ScopedIndexView, ScopedModelViewSet

LOOK = ("index", "index_results", "inspect")
CHANGE = ("edit", "history", "history_results")
EVERY_DOOR = {*LOOK, *CHANGE, "add", "delete", "usage", "copy", "reorder"}


class QuickListView(ScopedIndexView):
    """A listing with links to its most asked questions; each is an ordinary filter `quick`."""

    results_template_name = "lending/core/admin/listing_results.html"
    quick = {}
    all_label = _("All")

    def get_context_data(self, *args, **kwargs):
        rows = self.model._default_manager.visible_to(self.request.user)
        return super().get_context_data(*args, **kwargs) | {
            "quick": [
                {"label": label, "value": name, "count": question(rows).count()}
                for name, (label, question) in self.quick.items()
            ],
            "chosen": self.request.GET.get("quick", ""),
            "all_label": self.all_label,
        }


class StaffModelViewSet(ScopedModelViewSet):
    """A scoped model of which only the named doors exist: what is not there needs no guard."""

    doors = (*LOOK, *CHANGE, "add")
    index_view_class = QuickListView
    inspect_view_enabled = True
    form_fields = []
    list_per_page = 50
    view_permission = ("view",)

    def get_common_view_kwargs(self, **kwargs):
        shut = {f"{door}_url_name": None for door in EVERY_DOOR if door not in self.doors}
        return super().get_common_view_kwargs(**kwargs) | shut

    def get_urlpatterns(self):
        return [
            pattern
            for pattern in super().get_urlpatterns()
            if pattern.name in self.doors or pattern.name not in EVERY_DOOR
        ]

    def register_admin_url_finder(self):
        if "edit" in self.doors:
            super().register_admin_url_finder()


def key(text):
    """The primary key that someone typed or that a button sent, or None: never an error."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def may(user, permission, model):
    """Whether the person may do this with rows of the model, wherever they are."""
    return policy_registry.get_by_type(model).user_has_permission(user, permission)


class SavesThroughOperation:
    """For an add form: what is saved is what an operation makes of it, in one transaction."""

    def save_instance(self):
        with transaction.atomic():
            return self.operate(self.form.cleaned_data, user=self.request.user)

    def operate(self, data, *, user):
        raise NotImplementedError
