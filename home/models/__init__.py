"""Models of the app, gathered from its subjects: Django imports this package."""

from home.core.models import JobRun, NumberSeries
from home.forms.models import FormField, FormPage, Submission
from home.messages.models import MailOutage, Message, MessageSettings, MessageText
from home.newsletter.models import Newsletter, Subscriber
from home.pages.models import (
    ContentPage,
    CustomImage,
    FooterLink,
    HelpChannel,
    HomePage,
    Rendition,
    SponsorLogo,
    StoryIndexPage,
    StoryPage,
    StoryTag,
)

__all__ = [
    "ContentPage",
    "CustomImage",
    "FooterLink",
    "FormField",
    "FormPage",
    "HelpChannel",
    "HomePage",
    "JobRun",
    "MailOutage",
    "Message",
    "MessageSettings",
    "MessageText",
    "Newsletter",
    "NumberSeries",
    "Rendition",
    "SponsorLogo",
    "StoryIndexPage",
    "StoryPage",
    "StoryTag",
    "Submission",
    "Subscriber",
]
