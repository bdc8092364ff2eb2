"""Generated images of the demo: logos of invented partners, and an illustration."""

from io import BytesIO
from pathlib import Path

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFont

from home.documents.printable import font_folders
from home.pages.models import CustomImage

INK, SUN, GRASS, BRICK, SKY, WHITE = (
    "#16205c",
    "#ffc629",
    "#0b6545",
    "#b0301c",
    "#e2ecfa",
    "#ffffff",
)


def font(size):
    """Return the font Figtree from its package, so that every machine draws the same image."""
    for folder in font_folders():
        for path in sorted(
            Path(folder).rglob("*igtree*.ttf"), key=lambda path: "talic" in path.name
        ):
            return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size)


def person(draw, x, ground, width, body, head):
    """Draw a person as a letter i: a stem with a round top, and a dot as the head."""
    top = ground - width * 2.3
    draw.rounded_rectangle((x, top, x + width, ground + width), width / 2, fill=body)
    radius = width * 0.47
    middle, above = x + width / 2, top - width * 0.13 - radius
    draw.ellipse((middle - radius, above - radius, middle + radius, above + radius), fill=head)


def logo(words, colour):
    """Return a word mark of 480 x 200 on white."""
    image = Image.new("RGB", (480, 200), WHITE)
    draw = ImageDraw.Draw(image)
    person(draw, 30, 170, 44, colour, INK if colour != INK else SUN)
    draw.text((100, 100), words, fill=INK, font=font(46), anchor="lm")
    return image


def illustration():
    """Return two people at a table with a laptop, 1600 x 900."""
    image = Image.new("RGB", (1600, 900), SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 690, 1600, 900), fill=SUN)
    person(draw, 430, 700, 190, INK, SUN)
    person(draw, 980, 700, 190, BRICK, INK)
    draw.rectangle((660, 430, 940, 610), fill=INK)
    draw.rectangle((680, 450, 920, 590), fill=WHITE)
    draw.polygon([(630, 610), (970, 610), (990, 640), (610, 640)], fill=INK)
    draw.rectangle((200, 640, 1400, 670), fill=GRASS)
    return image


def get_or_store(title, alt, image):
    """Return the image with this title, and save it first if it does not exist."""
    found = CustomImage.objects.filter(title=title).first()
    if found:
        return found
    content = BytesIO()
    image.save(content, "PNG")
    name = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    content.seek(0)
    return CustomImage.objects.create(
        title=title,
        alt=alt,
        credit="Digipunt",
        file=ImageFile(content, name=f"{name}.png"),
        width=image.width,
        height=image.height,
    )
