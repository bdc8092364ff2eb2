"""Create, edit and delete views that record what they change in the history of the hours."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from home.core.admin.base import ScopedCreateView, ScopedDeleteView, ScopedEditView
from home.core.constraints import violates
from locations.opening_hours.operations.history import record_changes
from locations.opening_hours.triggers import OVERLAP_TRIGGERS


class RecordHoursOnCreateMixin:
    """Record the hours of the owner of a new row, as a change by the user."""

    def save_instance(self):
        """Save the new row; its owner is known only after saving."""
        with record_changes(self.form.instance, user=self.request.user) as owners:
            row = super().save_instance()
            owners.add(row)
        return row


class RecordHoursOnEditMixin:
    """Record the hours of the owners of a row before and after the change."""

    def save_instance(self):
        """Save the row; one that moves to another location changes the hours of both."""
        row = self.form.instance
        stored = [self.model._base_manager.get(pk=row.pk)] if row.pk else []
        with record_changes(row, *stored, user=self.request.user):
            return super().save_instance()


class RecordHoursOnDeleteMixin:
    """Record the hours of the owner of a deleted row."""

    def delete_action(self):
        """Delete the row."""
        with record_changes(self.object, user=self.request.user):
            super().delete_action()


class OverlapErrorMixin:
    """Show overlapping days saved at the same moment by someone else as a form error."""

    def form_valid(self, form):
        """Add the error of the model when a trigger refuses the row."""
        is_new = form.instance.pk is None
        try:
            return super().form_valid(form)
        except IntegrityError as integrity_error:
            if not any(violates(integrity_error, name) for name in OVERLAP_TRIGGERS):
                raise
            if is_new:
                form.instance.pk, form.instance._state.adding = None, True
            try:
                form.instance.clean()
            except ValidationError as error:
                form.add_error(None, error)
            self.is_valid(form)  # adds Wagtail's message that something is wrong
            return self.form_invalid(form)


class RecordedCreateView(OverlapErrorMixin, RecordHoursOnCreateMixin, ScopedCreateView):
    """Create a row that is part of the hours of a location or a partnership."""


class RecordedEditView(OverlapErrorMixin, RecordHoursOnEditMixin, ScopedEditView):
    """Edit a row that is part of the hours of a location or a partnership."""


class RecordedDeleteView(RecordHoursOnDeleteMixin, ScopedDeleteView):
    """Delete a row that is part of the hours of a location or a partnership."""
