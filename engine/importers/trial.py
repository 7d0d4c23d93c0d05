"""A graph of unknown origin tried out in a process of its own, which may crash without taking anything along."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection

import numpy as np

from engine.errors import ModelError

#: Seconds that a trial may take.
PATIENCE = 600.0


def run(graph: bytes, folder: str, name: str, given: np.ndarray) -> np.ndarray:
    """What the first output of ``graph`` is for ``given`` as the input ``name``; its weights lie in ``folder``.

    Raises `ModelError`, the second half of a sentence, when it does not run.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_try, args=(theirs, graph, folder, name, given), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(PATIENCE) else "it takes too long"
    except EOFError:
        answer = "the runtime crashed over it"
    finally:
        child.terminate()
        child.join()
    if isinstance(answer, str):
        raise ModelError(answer)
    return answer


def _try(connection: Connection, graph: bytes, folder: str, name: str, given: np.ndarray) -> None:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 4
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", folder)
    try:
        session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        result = np.asarray(session.run(None, {name: given})[0])
    except Exception as error:  # the runtime's exceptions have no common base
        connection.send((str(error).strip().splitlines() or ["it does not run"])[0][:200])
    else:
        connection.send(result)
