"""Models of pages."""

from home.pages.models.content import ContentPage, HomePage
from home.pages.models.image import CustomImage, Rendition
from home.pages.models.site_layout import FooterLink, HelpChannel, SponsorLogo
from home.pages.models.story import StoryIndexPage, StoryPage, StoryTag

__all__ = [
    "ContentPage",
    "CustomImage",
    "FooterLink",
    "HelpChannel",
    "HomePage",
    "Rendition",
    "SponsorLogo",
    "StoryIndexPage",
    "StoryPage",
    "StoryTag",
]
