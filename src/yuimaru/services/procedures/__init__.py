"""What residents fill in and send: drafts that change, submissions that never do."""
