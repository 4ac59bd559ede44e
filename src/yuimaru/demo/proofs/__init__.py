"""What `yuimaru prove` proves, by name: each part works in a folder of its own, on a server of its own."""

from yuimaru.demo.proofs.part import Figures, Part, Terms

# The name of a part and the function that proves it; a part is imported when it is asked for.
PARTS: dict[str, str] = {
    "idempotency": "yuimaru.demo.proofs.idempotency.prove",
    "kill": "yuimaru.demo.proofs.kill.prove",
    "worker": "yuimaru.demo.proofs.worker.prove",
    "fsync": "yuimaru.demo.proofs.fsync.prove",
    "disk": "yuimaru.demo.proofs.disk.prove",
    "model": "yuimaru.demo.proofs.model.prove",
    "answers": "yuimaru.demo.proofs.answers.prove",
}

__all__ = ["PARTS", "Figures", "Part", "Terms"]
