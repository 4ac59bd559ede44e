"""The desk: officials and operators work on cases here, each under a standing and the mandates of the day."""
