"""References to laws and 例規 in Japanese text, the articles of one, and what differs between two revisions."""

from yuimaru.core.japan.laws.articles import Article, Changed, articles, changed, is_regulation
from yuimaru.core.japan.laws.places import Place, article_number, place_words
from yuimaru.core.japan.laws.references import Reference, references

__all__ = [
    "Article",
    "Changed",
    "Place",
    "Reference",
    "article_number",
    "articles",
    "changed",
    "is_regulation",
    "place_words",
    "references",
]
