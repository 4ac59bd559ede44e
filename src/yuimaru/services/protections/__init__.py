"""支援措置: a person whose whereabouts nobody learns but the officials named for it, nor that this is so."""
