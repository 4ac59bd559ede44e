"""The web process: waitress on loopback."""

from __future__ import annotations

import logging
import signal
import sys

import waitress

from yuimaru.config.server.lifeline import end_with_supervisor

THREADS = 8


def main(lifeline: int, port: int) -> None:
    """Serve until SIGTERM."""
    end_with_supervisor(lifeline)
    from yuimaru.config.wsgi import application

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(
        application,
        host="127.0.0.1",
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=60 * 2**20,
    )

    def stop(*_: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
