"""What a municipality gets, top to bottom: desks, cases, procedures, catalogue, knowledge."""
