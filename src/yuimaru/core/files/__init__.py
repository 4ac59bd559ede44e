"""Files from strangers: what their bytes really are, what is dangerous in them, and what their names may do."""
