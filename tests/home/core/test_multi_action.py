"""A form with several buttons."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.generic import View

from home.core.admin.multi_action import MultiActionMixin


class Screen(MultiActionMixin, View):
    actions = ("save", "preview")

    def save(self):
        return HttpResponse("saved")

    def preview(self):
        return HttpResponse("shown")

    def secret(self):
        return HttpResponse("secret")

    def unknown_action(self):
        return HttpResponse("unknown")


@pytest.mark.parametrize(
    ("data", "content"),
    [
        ({"do": "save"}, b"saved"),
        ({"do": "preview"}, b"shown"),
        ({"do": "secret"}, b"unknown"),
        ({"do": ""}, b"unknown"),
        ({}, b"unknown"),
    ],
)
def test_button_decides_which_method_handles_the_form(data, content):
    assert Screen.as_view()(RequestFactory().post("/", data)).content == content
