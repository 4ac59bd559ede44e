"""What `yuimaru prove` proves, by name: each part lives through its promise on a server of its own."""

from yuimaru.demo.proofs.part import Figures, Part, Terms

# The name of a part and the function that proves it; a part is imported when it is asked for.
PARTS: dict[str, str] = {
    "idempotency": "yuimaru.demo.proofs.idempotency.prove",
}

__all__ = ["PARTS", "Figures", "Part", "Terms"]
