"""Runs a client that knows nothing but the served document; then schemathesis over the document, as the
programme director and a local relay and, since these two may not do everything, as a manager of accounts,
a steward and an administrator. Prints one line for each; exits 1 when one fails."""

import concurrent.futures
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

import requests

HERE = pathlib.Path(__file__).parent
ADDRESS = os.environ["ORCHESTRE_ADDRESS"]
PEOPLE = {one["role"]: one for one in json.loads(pathlib.Path(os.environ["ORCHESTRE_PEOPLE"]).read_text())["people"]}
PEOPLE["ADM"] = json.loads(pathlib.Path(os.environ["ORCHESTRE_ADMIN"]).read_text())
# The first two go through everything; the others do what these two may not.
WHOLE, OTHERS = ("PD", "REL"), ("KAM", "OPS", "ADM")


class Taken(http.server.BaseHTTPRequestHandler):
    """Takes every message of a subscription."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


SERVER = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taken)
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
RECEIVER = f"http://localhost:{SERVER.server_port}/orchestre"
PATHS = requests.get(f"{ADDRESS}/api/v1/openapi.json", timeout=30).json()["paths"]
LABELS = {f"{method.upper()} {path}" for path, item in PATHS.items() for method in item}
EXAMPLES = os.environ.get("ORCHESTRE_EXAMPLES", "10")
SEED = "20261123"


def token(role):
    person = PEOPLE[role]
    body = {"email": person["email"], "password": person["password"]}
    answer = requests.post(f"{ADDRESS}/api/v1/sessions", json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()["token"], person


def ask(own, method, path, body=None):
    headers = {"Authorization": f"Bearer {own}", "If-Match": "*"}
    answer = requests.request(method, ADDRESS + path, json=body, headers=headers, timeout=60)
    assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
    return answer.json() if answer.content else {}


def prepared():
    """Allows a place for messages, and gives a sign-in to which things may be done."""
    own, _ = token("ADM")
    ask(own, "PATCH", "/api/v1/settings", {"webhook_targets": "localhost"})
    new = {"email": "somebody@ardenval.example", "name": "Somebody", "roles": ["HR"]}
    return ask(own, "POST", "/api/v1/logins", new)["id"]


def subscribed(own):
    """Subscribes somebody to events, lets one happen, and waits until there is a message of it."""
    accounts = ask(own, "GET", "/api/v1/accounts?limit=1&fields=id")["items"]
    if not accounts:
        return ""
    hook = ask(own, "POST", "/api/v1/webhooks", {"address": RECEIVER})["id"]
    new = {"account": accounts[0]["id"], "text": "Something that happens"}
    headers = {"Authorization": f"Bearer {own}"}
    requests.post(f"{ADDRESS}/api/v1/actions", json=new, headers=headers, timeout=60)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        messages = ask(own, "GET", f"/api/v1/webhooks/{hook}/deliveries")["items"]
        if any(one["state"] == "delivered" for one in messages):
            break
        time.sleep(0.5)
    return hook


def left(own):
    """Takes the second step away that requests may have set up."""
    headers = {"Authorization": f"Bearer {own}", "If-Match": "*"}
    requests.delete(f"{ADDRESS}/api/v1/second-step", headers=headers, timeout=60)


def schemathesis(role, folder, victim):
    counts = folder / f"{role}.json"
    own, person = token(role)
    hook = subscribed(own)
    environment = dict(os.environ, ORCHESTRE_TOKEN=own, ORCHESTRE_VICTIM=victim, ORCHESTRE_RECEIVER=RECEIVER, ORCHESTRE_WEBHOOK=hook, ORCHESTRE_COUNTS=str(counts), ORCHESTRE_EMAIL=person["email"], ORCHESTRE_PASSWORD=person["password"], SCHEMATHESIS_HOOKS="hooks", PYTHONPATH=str(HERE))
    command = [
        pathlib.Path(sys.executable).parent / "st", "--config-file", HERE / "schemathesis.toml", "run",
        f"{ADDRESS}/api/v1/openapi.json", "--checks", "all", "--seed", SEED, "--max-examples", EXAMPLES,
        "--no-color", "--continue-on-failure",
        "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off",
        "--phases", "examples,coverage,fuzzing,stateful" if role in WHOLE else "examples,fuzzing",
    ]
    started = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    left(own)
    seen = json.loads(counts.read_text()) if counts.exists() else {}
    done_well = {label for label, (_, answered) in seen.items() if answered}
    good = len(done_well)
    operations = len(LABELS)
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
    return done.returncode == 0, done_well


def main():
    # The client comes first: whoever tries every operation also takes imports back.
    client = subprocess.run([sys.executable, HERE / "client.py"], env=os.environ)
    held, well, operations = client.returncode == 0, set(), len(LABELS)
    with tempfile.TemporaryDirectory() as folder:
        victim = prepared()
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = [pool.submit(schemathesis, role, pathlib.Path(folder), victim) for role in WHOLE + OTHERS]
            for run in runs:
                is_clean, done_well = run.result()
                held, well = held and is_clean, well | done_well
    # Nobody may do everything: a director approves plans, a manager of accounts writes them.
    print(f"schemathesis: {len(well)} of {operations} operations answered 2xx at least once ({len(well) / operations:.0%})", flush=True)
    print(f"  never by anybody: {', '.join(sorted(LABELS - well))}")
    held = held and len(well) >= 0.9 * operations
    return 0 if held else 1


sys.exit(main())
