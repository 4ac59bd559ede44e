"""「はじめる」: how a municipality joins, from a file or step by step in the browser, up to its public portal."""
