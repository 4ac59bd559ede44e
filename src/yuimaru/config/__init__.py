"""Settings, addresses and wiring: which adapter serves which port, who reacts to which event."""
