"""Japanese text: words, sentences, reading files, the ranked index and its measures."""
