"""P12: start-up, of the help and of a server on an existing database."""

import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def main() -> None:
    """Measure both and print JSON lines; the peer is a bare interpreter, and Django's own bare start."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PROBITY_HOME": home, "PYTHONPATH": "src"}
        probity = [sys.executable, "-m", "probity"]
        bare = _median([sys.executable, "-c", "pass"], environment)
        asked = _median([*probity, "--help"], environment)
        _say("P12 probity --help, against a bare interpreter", asked, bare)
        subprocess.run([*probity, "migrate"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        django = _median([sys.executable, "-c", "import django; django.setup()"], {**environment, **_SETTINGS})
        ready = statistics.median(_ready([*probity, "serve", "--port", "8750"], environment) for _ in range(ROUNDS))
        _say("P12 server answers on an existing database, against a bare django.setup()", ready, django)


_SETTINGS = {"DJANGO_SETTINGS_MODULE": "probity.wiring.settings"}


def _median(command: list[str], environment: dict[str, str]) -> float:
    return statistics.median(_cpu_of(command, environment) for _ in range(ROUNDS))


def _cpu_of(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _ready(command: list[str], environment: dict[str, str]) -> float:
    """Return the CPU seconds a server had used when its first page was answered and it was stopped."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert server.stdout is not None
    address = ""
    while "http://" not in address:
        address = server.stdout.readline()
    url = address[address.index("http://") :].split("/ ")[0].split(" ")[0]
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).read()
            break
        except OSError:
            time.sleep(0.05)
    os.kill(server.pid, signal.SIGTERM)
    server.wait(30)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _say(name: str, value: float, peer: float) -> None:
    line = {
        "name": name,
        "value": round(value, 3),
        "unit": "CPU s",
        "peer": round(peer, 3),
        "ratio": round(value / peer, 1),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
