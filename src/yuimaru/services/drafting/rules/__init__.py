"""What an enquiry asks, and the letter that answers it."""
