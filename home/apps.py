"""The app home."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Website")

    def ready(self):
        from django.db.models.signals import post_delete, post_save
        from django.utils.module_loading import autodiscover_modules
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.admin.widgets import AdminAutoHeightTextInput
        from wagtail.signals import post_page_move

        from home import furniture, message_texts
        from home.personal_data import FreeTextField

        register_form_field_override(FreeTextField, override={"widget": AdminAutoHeightTextInput})

        autodiscover_modules("sayings")
        for signal in (post_save, post_delete):
            signal.connect(message_texts.forget, sender="home.MessageText", dispatch_uid="texts")
        for signal in (post_save, post_delete, post_page_move):
            signal.connect(furniture.forget_if_it_shows, dispatch_uid="furniture")
