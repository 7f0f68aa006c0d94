"""Runs schemathesis over the served document, as the programme director, a local relay and
a manager of accounts, then the client that knows nothing but the document. Prints one line for each; exits 1 when one fails."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import requests

HERE = pathlib.Path(__file__).parent
ADDRESS = os.environ["ORCHESTRE_ADDRESS"]
PEOPLE = {one["role"]: one for one in json.loads(pathlib.Path(os.environ["ORCHESTRE_PEOPLE"]).read_text())["people"]}
EXAMPLES = os.environ.get("ORCHESTRE_EXAMPLES", "10")
SEED = "20261123"


def token(role):
    person = PEOPLE[role]
    body = {"email": person["email"], "password": person["password"]}
    answer = requests.post(f"{ADDRESS}/api/v1/sessions", json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()["token"], person


def schemathesis(role, folder):
    counts = folder / f"{role}.json"
    own, person = token(role)
    environment = dict(os.environ, ORCHESTRE_TOKEN=own, ORCHESTRE_COUNTS=str(counts), ORCHESTRE_EMAIL=person["email"], ORCHESTRE_PASSWORD=person["password"], SCHEMATHESIS_HOOKS="hooks", PYTHONPATH=str(HERE))
    command = [
        pathlib.Path(sys.executable).parent / "st", "--config-file", HERE / "schemathesis.toml", "run",
        f"{ADDRESS}/api/v1/openapi.json", "--checks", "all", "--seed", SEED, "--max-examples", EXAMPLES,
        "--header", f"Authorization: Bearer {own}", "--no-color", "--continue-on-failure",
        "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off",
    ]
    started = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    seen = json.loads(counts.read_text()) if counts.exists() else {}
    done_well = {label for label, (_, answered) in seen.items() if answered}
    good = len(done_well)
    operations = sum(len(item) for item in requests.get(f"{ADDRESS}/api/v1/openapi.json", timeout=30).json()["paths"].values())
    requests_sent = sum(sent for sent, _ in seen.values())
    failures = sum(int(number) for number in re.findall(r"(\d+) (?:failed|errored|failures?)\b", done.stdout)) or (0 if done.returncode == 0 else 1)
    share = good / max(operations, 1)
    print(f"schemathesis {role}: {operations} operations, {requests_sent} requests, {good} answered 2xx ({share:.0%}), "
          f"{failures} failures, seed {SEED}, {EXAMPLES} examples, {time.monotonic() - started:.0f} s", flush=True)
    never = sorted(label for label, (_, answered) in seen.items() if not answered)
    if never:
        print(f"  never 2xx: {', '.join(never)}")
    if done.returncode != 0:
        print(done.stdout[-20000:], done.stderr[-4000:])
    return done.returncode == 0, done_well, operations


def main():
    held, well, operations = True, set(), 0
    with tempfile.TemporaryDirectory() as folder:
        for role in ("PD", "REL", "KAM"):
            is_clean, done_well, operations = schemathesis(role, pathlib.Path(folder))
            held, well = held and is_clean, well | done_well
    # Nobody may do everything: a director approves plans, a manager of accounts writes them.
    print(f"schemathesis: {len(well)} of {operations} operations answered 2xx once", flush=True)
    held = held and len(well) >= 0.9 * operations
    client = subprocess.run([sys.executable, HERE / "client.py"], env=os.environ)
    return 0 if held and client.returncode == 0 else 1


sys.exit(main())
