"""Registrations of forms in the admin and on the site."""

from wagtail import hooks

from home.forms.admin import AnswersListView, ResultsViewSet, filter_readable_forms
from home.forms.models import FormPage
from home.forms.views import serve_form_page

FormPage.serve_view = staticmethod(serve_form_page)
FormPage.submissions_list_view_class = AnswersListView
hooks.register("register_admin_viewset", ResultsViewSet)
hooks.register("filter_form_submissions_for_user", filter_readable_forms)
hooks.register("get_error_report_pages", FormPage.objects.for_error_reports)
