"""Who owns a row and who may see it: organisations, memberships, mandates, scopes, roles."""
