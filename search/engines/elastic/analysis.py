"""How Elasticsearch reads Dutch: folded, stemmed, compounds taken apart, other names known."""

from elasticsearch.dsl import analyzer, token_filter, tokenizer

# The same borders between words as in the other engines.
words = tokenizer("digipunt_words", "pattern", pattern="[^\\p{L}\\p{N}]+")

# The parts that compounds of this field are made of; the whole word stays findable too.
# No "les" or "tas": they sit in words like "alles" and "fantastisch".
parts = token_filter(
    "digipunt_parts",
    "dictionary_decompounder",
    word_list=[
        "bank", "bib", "bibliotheek", "bus", "computer", "cursus", "digi", "hulp", "lader",
        "laptop", "plek", "punt", "scherm", "smartphone", "tablet", "toestel", "uitleen",
        "workshop",
    ],
    min_word_size=6,
    min_subword_size=3,
    only_longest_match=True,
)  # fmt: skip

# Snowball makes "tass" of "tassen", and would not bring these together.
irregular = token_filter(
    "digipunt_irregular",
    "stemmer_override",
    rules=["tassen => tas", "bussen => bus", "lessen => les", "leent, geleend, ontlenen => len"],
)
dutch_stems = token_filter("digipunt_dutch", "stemmer", language="dutch")

# What people type for what we call it. Only in questions, so that a change needs no new index data.
names = token_filter(
    "digipunt_names",
    "synonym_graph",
    synonyms=[
        "gsm, smartphone, mobieltje",
        "pc, computer",
        "notebook, laptop",
        "huren, lenen, ontlenen",
        "cursus, les, workshop",
        "bib, bibliotheek",
    ],
)

FOLD = ["lowercase", "asciifolding"]
STEM = ["keyword_repeat", irregular, dutch_stems, "remove_duplicates"]

reading = analyzer("digipunt_reading", tokenizer=words, filter=[*FOLD, parts, *STEM])
asking = analyzer("digipunt_asking", tokenizer=words, filter=[*FOLD, names, *STEM])
plain = analyzer("digipunt_plain", tokenizer=words, filter=FOLD)
