"""Short constructors for the blocks of a page."""


def text(html):
    return ("text", html)


def heading(words, level="2"):
    return ("heading", {"text": words, "level": level})


def steps(*pairs):
    return ("steps", {"steps": [{"title": title, "text": words} for title, words in pairs]})


def questions(*pairs):
    return ("questions", {"questions": [{"question": q, "answer": a} for q, a in pairs]})


def button(words, address, style=""):
    return (
        "button",
        {"text": words, "page": None, "document": None, "address": address, "style": style},
    )
