"""Gives schemathesis what nobody can guess: ids that are there and tags that are fresh.

Half of the requests get a real id in the place of a made-up one and the present ETag as If-Match;
the other half stays as it was made. What was answered 2xx is counted for the line of the result.
"""

import json
import os
import random

import requests
import schemathesis

ADDRESS = os.environ["ORCHESTRE_ADDRESS"]
TOKEN = os.environ["ORCHESTRE_TOKEN"]
COUNTS = os.environ["ORCHESTRE_COUNTS"]
CHANCE = random.Random(20261123)
ASK = requests.Session()
ASK.headers["Authorization"] = f"Bearer {TOKEN}"

counts = {}


def items(path):
    answer = ASK.get(f"{ADDRESS}{path}")
    return answer.json()["items"] if answer.status_code == 200 else []


def known():
    """Ids by the part of the path that stands before them."""
    accounts = [one["id"] for one in items("/api/v1/accounts?limit=20")]
    plans = [one["id"] for one in items("/api/v1/plans?limit=20")]
    found = {
        "accounts": accounts,
        "plans": plans,
        "people": [one["id"] for one in items("/api/v1/people?limit=20")],
        "imports": [one["id"] for one in items("/api/v1/imports?limit=20")],
        "criteria": ["selection", "attractiveness", "strength"],
        "actions": [],
        "objectives": [],
        "risks": [],
    }
    for account in accounts:
        found["actions"] += [one["id"] for one in items(f"/api/v1/actions?account={account}")]
    for plan in plans:
        answer = ASK.get(f"{ADDRESS}/api/v1/plans/{plan}")
        whole = answer.json() if answer.status_code == 200 else {}
        for part in ("objectives", "risks"):
            found[part] += [one["id"] for one in whole.get(part, [])]
    return {name: ids for name, ids in found.items() if ids}


KNOWN = known()
PLANNED = [one["account"]["id"] for one in items("/api/v1/plans?limit=200")]
CRITERIA = {one: ASK.get(f"{ADDRESS}/api/v1/criteria/{one}").json() for one in ("selection", "attractiveness", "strength")}


def noun(path):
    return path.removeprefix("/api/v1/").split("/")[0].split(".")[0]


def is_positive(case):
    meta = case.meta
    return meta is None or meta.generation.mode.is_positive


@schemathesis.hook
def before_call(context, case, kwargs):
    path, method = case.operation.path, case.operation.method.upper()
    if not is_positive(case) or CHANCE.random() < 0.3:
        return
    for name in list(case.path_parameters or {}):
        ids = PLANNED if "plan" in path.rsplit("/", 1)[-1] and PLANNED and method == "GET" else KNOWN.get(noun(path), [])
        if ids:
            case.path_parameters[name] = CHANCE.choice(ids)
    if method == "DELETE" and noun(path) in ("objectives", "risks") and KNOWN.get("plans"):
        # What is taken away is made for it, so that something is left for the others.
        new = {"text": "Made to be taken away", "state": "proposed"} if noun(path) == "objectives" else {"text": "Made to be taken away"}
        made = ASK.post(f"{ADDRESS}/api/v1/plans/{KNOWN['plans'][0]}/{noun(path)}", json=new)
        if made.status_code == 201:
            case.path_parameters["id"] = made.json()["id"]
    if method in ("PUT", "PATCH", "DELETE") and case.headers is not None and "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    if path == "/api/v1/sessions":
        case.body = {"email": os.environ["ORCHESTRE_EMAIL"], "password": os.environ["ORCHESTRE_PASSWORD"]}
    if path == "/api/v1/imports" and method == "POST":
        case.body = "id,name\nAPI-9,Verdel\n"
        case.query = {"name": "verdel.csv", "kind": "accounts", "dry_run": "1"}
    if path == "/api/v1/criteria/{set}" and method == "PUT":
        criteria = CRITERIA[case.path_parameters["set"]].get("criteria", [])
        case.body = {"criteria": [{field: one[field] for field in ("key", "weight_ppm", "limits")} for one in criteria]}
    if isinstance(case.body, dict):
        for field, ids in (("account", "accounts"), ("owner", "people"), ("customer_owner", "people")):
            if field in case.body and case.body[field] is not None and KNOWN.get(ids):
                case.body[field] = CHANCE.choice(KNOWN[ids])
        for field in ("plan", "objective"):
            case.body.pop(field, None)


@schemathesis.hook
def after_call(context, case, response):
    label = case.operation.label
    good = counts.setdefault(label, [0, 0])
    good[0] += 1
    good[1] += 200 <= response.status_code < 300
    with open(COUNTS, "w", encoding="utf-8") as file:
        json.dump(counts, file)
