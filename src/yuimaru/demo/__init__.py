"""The demo world: three fictional towns, their consortium, a joint centre, an outsider, and what they live through."""
