"""返信の下書き: what staff may write to somebody who asked, made of sentences that stand in the documents."""
