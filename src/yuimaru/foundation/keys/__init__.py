"""Sealing: what a person tells us lies in the database as ciphertext under a key of its own, and dies with that key.

A data key (DEK) per subject is wrapped by the installation's key (KEK), which lies beside the data and never in it.
"""
