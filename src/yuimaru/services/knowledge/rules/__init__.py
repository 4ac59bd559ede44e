"""Pure decisions on plain values: how text is parted, what a question asks, which words answer it, how surely."""
