"""The residents' pages of every municipality: find, ask, apply, follow up."""
