"""The nouns of the site itself."""

from home.models.around import FooterLink as FooterLink
from home.models.around import HelpChannel as HelpChannel
from home.models.around import SponsorLogo as SponsorLogo
from home.models.image import CustomImage as CustomImage
from home.models.image import Rendition as Rendition
from home.models.job_run import JobRun as JobRun
from home.models.message import Message as Message
from home.models.number import NumberSeries as NumberSeries
from home.models.pages import ContentPage as ContentPage
from home.models.pages import HomePage as HomePage
from home.models.story import StoryIndexPage as StoryIndexPage
from home.models.story import StoryPage as StoryPage
from home.models.story import StoryTag as StoryTag
