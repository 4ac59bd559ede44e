"""What a municipality's documents say: intake, ranked index, and answers that only quote."""
