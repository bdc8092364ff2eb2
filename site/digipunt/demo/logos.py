"""Generated logos of the invented partners: flat shapes."""

from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from home.pages.models import CustomImage

INK, SUN, GRASS, BRICK, SKY = "#16205c", "#ffc629", "#0b6545", "#b0301c", "#e2ecfa"
SIDE = 240


def halves(draw):
    draw.polygon([(20, 220), (20, 20), (220, 20)], fill=GRASS)
    draw.polygon([(220, 20), (220, 220), (20, 220)], fill=BRICK)


def stairs(draw):
    for step in range(3):
        draw.rectangle((20 + 70 * step, 160 - 65 * step, 80 + 70 * step, 220), fill=INK)
    draw.ellipse((20, 85, 80, 145), fill=SUN)


def house(draw):
    draw.rectangle((40, 110, 200, 220), fill=BRICK)
    draw.polygon([(20, 120), (120, 20), (220, 120)], fill=INK)
    draw.ellipse((90, 140, 150, 200), fill=SUN)


def bow(draw):
    for inset, colour in enumerate((BRICK, SUN, GRASS, INK)):
        edge = 28 * inset
        draw.pieslice((10 + edge, 50 + edge, 230 - edge, 270 - edge), 180, 360, fill=colour)


def two(draw):
    for x, body, head in ((30, INK, SUN), (135, GRASS, BRICK)):
        draw.rounded_rectangle((x, 110, x + 75, 260), 37, fill=body)
        draw.ellipse((x + 3, 30, x + 72, 99), fill=head)


def book(draw):
    draw.polygon([(120, 60), (20, 30), (20, 190), (120, 220)], fill=INK)
    draw.polygon([(120, 60), (220, 30), (220, 190), (120, 220)], fill=GRASS)
    draw.ellipse((95, 15, 145, 65), fill=SUN)


def sun(draw):
    draw.rectangle((20, 20, 220, 220), fill=INK)
    draw.ellipse((55, 55, 185, 185), fill=SUN)


SIGNS = (halves, stairs, book, house, bow, two, sun)


def logo(name, number):
    """Return the logo of the partner with this name, and save it first if it does not exist."""
    title = f"Logo {name}"
    found = CustomImage.objects.filter(title=title).first()
    if found:
        return found
    image = Image.new("RGB", (SIDE, SIDE), "#ffffff")
    SIGNS[number % len(SIGNS)](ImageDraw.Draw(image))
    content = BytesIO()
    image.save(content, "PNG")
    content.seek(0)
    return CustomImage.objects.create(
        title=title,
        alt=f"Logo van {name}",
        credit="Digipunt",
        file=ImageFile(content, name=f"partner-{number}.png"),
        width=SIDE,
        height=SIDE,
    )
