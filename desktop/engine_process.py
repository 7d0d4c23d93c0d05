"""What the engine process runs. Only that process imports the engine's service and the runtime of the models."""

from __future__ import annotations

from multiprocessing.connection import Connection


def main(connection: Connection, work_folder: str) -> None:
    """Serve jobs until the window asks to close or its end of the pipe is gone."""
    from engine.service import main as serve

    serve(connection, work_folder)
