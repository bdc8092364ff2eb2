"""Dutch analyzers for Elasticsearch: folding, stemming, compounds and synonyms."""

from elasticsearch.dsl import analyzer, token_filter, tokenizer

# The same word separators as in the other engines.
word_tokenizer = tokenizer("digipunt_words", "pattern", pattern="[^\\p{L}\\p{N}]+")

# The parts of common compounds; the whole word is indexed too.
# Without "les" and "tas", which are in words like "alles" and "fantastisch".
compound_parts = token_filter(
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

# Forms that the Snowball stemmer does not reduce to the same stem.
irregular_stems = token_filter(
    "digipunt_irregular",
    "stemmer_override",
    rules=["tassen => tas", "bussen => bus", "lessen => les", "leent, geleend, ontlenen => len"],
)
dutch_stems = token_filter("digipunt_dutch", "stemmer", language="dutch")

# Only used on queries, so that a change does not require reindexing.
synonyms_filter = token_filter(
    "digipunt_synonyms",
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
STEM = ["keyword_repeat", irregular_stems, dutch_stems, "remove_duplicates"]

index_analyzer = analyzer(
    "digipunt_index", tokenizer=word_tokenizer, filter=[*FOLD, compound_parts, *STEM]
)
query_analyzer = analyzer(
    "digipunt_query", tokenizer=word_tokenizer, filter=[*FOLD, synonyms_filter, *STEM]
)
exact_analyzer = analyzer("digipunt_exact", tokenizer=word_tokenizer, filter=FOLD)
