"""Gives schemathesis what nobody can guess: ids that are there, tags that are fresh, codes of a phone.

Most of the requests get a real id in the place of a made-up one and the present ETag as If-Match; the
others stay as they were made. What would lock everybody out is aimed at things made for it. What was
answered 2xx is counted for the line of the result.
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import random
import time

import requests
import schemathesis

ADDRESS = os.environ["ORCHESTRE_ADDRESS"]
TOKEN = os.environ["ORCHESTRE_TOKEN"]
COUNTS = os.environ["ORCHESTRE_COUNTS"]
VICTIM = os.environ["ORCHESTRE_VICTIM"]
EMAIL, PASSWORD = os.environ["ORCHESTRE_EMAIL"], os.environ["ORCHESTRE_PASSWORD"]
TARGET = os.environ["ORCHESTRE_RECEIVER"]
CHANCE = random.Random(20261123)

counts = {}


@schemathesis.auth()
class Bearer:
    """The session that asks, where a request does not bring its own."""

    def get(self, case, context):
        return TOKEN

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


def day(later):
    return (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=later)).isoformat()


ASK = requests.Session()


def ask(method, path, body=None, token=TOKEN, **headers):
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*", **headers}
    return ASK.request(method, ADDRESS + path, json=body, headers=headers, timeout=60)


def items(path):
    answer = ask("GET", path)
    return answer.json()["items"] if answer.status_code == 200 else []


def ids(path):
    return [one["id"] for one in items(path)]


def audit():
    """The chain and its checkpoints, one of them given now; nothing for whom it is no business."""
    answer = ask("POST", "/api/v1/audit/checkpoints")
    return answer.json() if answer.status_code == 200 else {}


def known():
    """Ids by the part of the path that stands before them."""
    accounts, plans = ids("/api/v1/accounts?limit=20"), ids("/api/v1/plans?limit=20")
    found = {
        "accounts": accounts,
        "plans": plans,
        "people": ids("/api/v1/people?limit=20"),
        "imports": ids("/api/v1/imports?limit=20"),
        "units": ids("/api/v1/units"),
        "logins": ids("/api/v1/logins"),
        "rights": ids("/api/v1/rights"),
        "criteria": ["selection", "attractiveness", "strength"],
        "audit": [one["id"] for one in audit().get("checkpoints", [])],
        "actions": [],
        "objectives": [],
        "risks": [],
        "owners": [],
    }
    for account in accounts:
        found["actions"] += ids(f"/api/v1/actions?account={account}")
    for plan in plans:
        answer = ask("GET", f"/api/v1/plans/{plan}")
        whole = answer.json() if answer.status_code == 200 else {}
        for part in ("objectives", "risks"):
            found[part] += [one["id"] for one in whole.get(part, [])]
        owners = [one["owner"] for one in whole.get("actions", []) + whole.get("objectives", [])]
        found["owners"] += [one["id"] for one in owners if one and one["id"]]
    return {name: all_of_it for name, all_of_it in found.items() if all_of_it}


KNOWN = known()
PLANNED = [one["account"]["id"] for one in items("/api/v1/plans?limit=200")]
CRITERIA = {one: ask("GET", f"/api/v1/criteria/{one}").json() for one in KNOWN["criteria"]}


def noun(path):
    return path.removeprefix("/api/v1/").split("/")[0].split(".")[0]


def made(path, body):
    """The id of something that was made for a request; None when this sign-in may not make it."""
    answer = ask("POST", path, body)
    return answer.json().get("id") if answer.status_code == 201 else None


def entered():
    """A session of its own, for what would spoil the one that asks."""
    answer = requests.post(f"{ADDRESS}/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD}, timeout=60)
    return answer.json().get("token", "")


def code(secret):
    """Six digits of RFC 6238."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, int(time.time() // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def step(is_on):
    """Sets the own second step up or takes it away."""
    if bool(ask("GET", "/api/v1/second-step").json()["since"]) == is_on:
        return
    if is_on:
        ask("POST", "/api/v1/second-step/confirmation", {"code": code(begun())})
    else:
        ask("DELETE", "/api/v1/second-step")


def begun():
    """The secret of a second step that waits for its first code."""
    step(False)
    answer = ask("POST", "/api/v1/second-step")
    if answer.status_code == 403:
        ask("POST", "/api/v1/sessions/current/proof", {"password": PASSWORD})
        answer = ask("POST", "/api/v1/second-step")
    return answer.json()["secret"]


def token():
    return made("/api/v1/tokens", {"name": "made", "scopes": ["plans:write", "accounts:write"], "expires_on": day(1)})


def webhook():
    return made("/api/v1/webhooks", {"address": TARGET, "events": []})


def delivery():
    """The subscription that was made before the run, and a message of it that came through."""
    hook = os.environ.get("ORCHESTRE_WEBHOOK")
    messages = items(f"/api/v1/webhooks/{hook}/deliveries") if hook else []
    return next(((hook, one["id"]) for one in messages if one["state"] == "delivered"), None)


def proposal():
    """What an assistant proposed by its own door."""
    new = {"name": "assistant", "scopes": ["plans:write", "accounts:write"], "expires_on": day(1)}
    key = ask("POST", "/api/v1/tokens", new).json().get("token")
    if not key or not KNOWN.get("accounts"):
        return None
    arguments = {"account": CHANCE.choice(KNOWN["accounts"]), "text": "Call the depot", "reason": "Asked for"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "propose_action", "arguments": arguments}}
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25"}
    ask("POST", "/mcp", call, token=key, **headers)
    return next((one["id"] for one in items("/api/v1/proposals") if one["state"] == "open"), None)


def wall():
    pair = CHANCE.sample(KNOWN["accounts"], 2) if len(KNOWN.get("accounts", [])) > 1 else None
    return pair and {"one": pair[0], "other": pair[1], "from": "2090-01-01", "to": "2090-02-01"}


def loan():
    return {"colleague": VICTIM, "to": day(7)}


def session(is_new=False):
    """Another session of one's own."""
    found = next((one["id"] for one in items("/api/v1/sessions") if not one["is_this"]), None)
    if found and not is_new:
        return found
    step(False)
    entered()
    return next((one["id"] for one in items("/api/v1/sessions") if not one["is_this"]), None)


def put_id(case, new):
    if new:
        case.path_parameters["id"] = new


OTHER = {"token": ""}


def on_another_session(case, is_watching):
    """Looks with other eyes, or stops it, in a session of its own: the one that asks keeps its eyes."""
    if ask("GET", "/api/v1/week", token=OTHER["token"]).status_code == 401:
        step(False)
        OTHER["token"] = entered()
    if is_watching:
        ask("POST", "/api/v1/view-as", {"login": VICTIM}, token=OTHER["token"])
    else:
        ask("POST", "/api/v1/view-as/leave", token=OTHER["token"])
        case.body = {"login": VICTIM}
    case.headers["Authorization"] = f"Bearer {OTHER['token']}"


def deliver(case):
    found = delivery()
    if found:
        case.path_parameters["id"], case.path_parameters["delivery"] = found


def decided(case):
    new = proposal()
    put_id(case, new)
    if new:
        case.body = {"version": ask("GET", f"/api/v1/proposals/{new}").json()["version"]}


def criteria(case):
    all_of_them = CRITERIA[case.path_parameters["set"]].get("criteria", [])
    case.body = {"criteria": [{field: one[field] for field in ("key", "weight_ppm", "limits")} for one in all_of_them]}


def body(new):
    def put(case):
        wanted = new() if callable(new) else new
        if wanted:
            case.body = wanted
    return put


def given_role(case):
    put_id(case, VICTIM)
    role = {"role": "HR", "to": day(30)}
    if case.operation.path.endswith("/end"):
        ask("POST", f"/api/v1/rights/{VICTIM}/roles", role)
        role = {"held": "HR"}
    case.body = role


def assigned(case):
    if KNOWN.get("owners"):
        case.body = {"person": CHANCE.choice(KNOWN["owners"]), "role": "TM", "to": day(30)}


def unit_account(case):
    put_id(case, made("/api/v1/units", {"name": f"Unit {CHANCE.random()}"}))
    case.body = {"account": CHANCE.choice(KNOWN.get("accounts", ["acc_0000000000001"]))}


def ended_wall(case):
    new = wall()
    put_id(case, new and made("/api/v1/walls", new))
    case.body = {"to": "2090-01-15"}


def seen(case):
    case.query = CHANCE.choice([{}, {"object": CHANCE.choice(KNOWN.get("accounts", [""])), "field": "margin"}, {"login": VICTIM}])


def imported(case):
    case.body, case.query = "id,name\nAPI-9,Verdel\n", {"name": "verdel.csv", "kind": "accounts", "dry_run": "1"}


def invited():
    return {"email": f"new{CHANCE.randrange(10**9)}@ardenval.example", "name": "New", "roles": ["HR"]}


def taken_away(case):
    """What is taken away is made for it, so that something is left for the others."""
    if KNOWN.get("plans"):
        kind = noun(case.operation.path)
        new = {"text": "Made to be taken away", **({"state": "proposed"} if kind == "objectives" else {})}
        put_id(case, made(f"/api/v1/plans/{KNOWN['plans'][0]}/{kind}", new))


def without_step(case):
    step(False)
    case.body = {"email": EMAIL, "password": PASSWORD}


SPECIAL = {
    "POST /api/v1/sessions": without_step,
    "POST /api/v1/imports": imported,
    "PUT /api/v1/criteria/{set}": criteria,
    "DELETE /api/v1/objectives/{id}": taken_away,
    "DELETE /api/v1/risks/{id}": taken_away,
    "POST /api/v1/system/jobs": body({"job": "sweep"}),
    "POST /api/v1/rights/{id}/roles": given_role,
    "POST /api/v1/rights/{id}/roles/end": given_role,
    "POST /api/v1/accounts/{id}/assignments": assigned,
    "POST /api/v1/units/{id}/accounts": unit_account,
    "POST /api/v1/walls": body(wall),
    "POST /api/v1/walls/{id}/end": ended_wall,
    "POST /api/v1/delegations": body(loan),
    "POST /api/v1/delegations/{id}/end": lambda case: put_id(case, made("/api/v1/delegations", loan())),
    "GET /api/v1/access": seen,
    "POST /api/v1/logins": body(invited),
    "POST /api/v1/logins/{id}/{change}": lambda case: put_id(case, VICTIM),
    "POST /api/v1/tokens": body(lambda: {"name": "n", "scopes": ["plans:read"], "expires_on": day(1)}),
    "GET /api/v1/tokens/{id}": lambda case: put_id(case, token()),
    "DELETE /api/v1/tokens/{id}": lambda case: put_id(case, token()),
    "POST /api/v1/webhooks": body({"address": TARGET, "events": ["plan.updated"]}),
    "GET /api/v1/webhooks/{id}": lambda case: put_id(case, webhook()),
    "GET /api/v1/webhooks/{id}/deliveries": lambda case: put_id(case, webhook()),
    "DELETE /api/v1/webhooks/{id}": lambda case: put_id(case, webhook()),
    "POST /api/v1/webhooks/{id}/secret": lambda case: put_id(case, webhook()),
    "GET /api/v1/webhooks/{id}/deliveries/{delivery}": deliver,
    "POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay": deliver,
    "GET /api/v1/proposals/{id}": lambda case: put_id(case, proposal()),
    "POST /api/v1/proposals/{id}/confirmation": decided,
    "POST /api/v1/proposals/{id}/refusal": decided,
    "GET /api/v1/sessions/{id}": lambda case: put_id(case, session()),
    "PATCH /api/v1/sessions/{id}": lambda case: put_id(case, session()),
    "DELETE /api/v1/sessions/{id}": lambda case: put_id(case, session(is_new=True)),
    "POST /api/v1/password": body({"present": PASSWORD, "password": PASSWORD}),
    "POST /api/v1/second-step": lambda case: step(False),
    "POST /api/v1/second-step/codes": lambda case: step(True),
    "DELETE /api/v1/second-step": lambda case: step(True),
    "POST /api/v1/second-step/confirmation": body(lambda: {"code": code(begun())}),
}


def subscribed(case):
    put_id(case, webhook())
    case.body = {"address": TARGET, "events": []}


def proved(case):
    step(False)
    case.body = {"password": PASSWORD}


def judged(case):
    set_ = CHANCE.choice([one for one in CRITERIA if CRITERIA[one].get("criteria")] or ["selection"])
    keys = [one["key"] for one in CRITERIA[set_].get("criteria", [])]
    case.body = {"set": set_, "criterion": CHANCE.choice(keys or ["fit"]), "value": 3, "evidence": "Asked for"}


def stepped(case):
    """To and fro before the committee; a plan in force would be in the archive for good."""
    step_of = {"draft": "team_review", "team_review": "draft", "sponsor_review": "draft", "committee": "draft"}
    plan = next((one for one in items("/api/v1/plans?limit=200") if one["state"] in step_of), None)
    put_id(case, plan and plan["id"])
    case.body = {"state": step_of[plan["state"]] if plan else "archived"}


SPECIAL["POST /api/v1/accounts/{id}/judgements"] = judged
SPECIAL["PUT /api/v1/plans/{id}/state"] = stepped
SPECIAL["PUT /api/v1/webhooks/{id}"] = subscribed
SPECIAL["POST /api/v1/sessions/current/proof"] = proved


OWN = next(one["id"] for one in items("/api/v1/sessions") if one["is_this"])


def kept(case, label):
    """Keeps sessions and sign-ins of people: ids are learned from answers, and theirs are among them."""
    if label == "DELETE /api/v1/sessions/current":
        # Nobody learns whether there was one.
        case.headers["Authorization"] = "Bearer of-nobody"
    elif label == "DELETE /api/v1/sessions/{id}" and case.path_parameters.get("id") == OWN:
        case.path_parameters["id"] = "ses_0000000000001"
    elif label.startswith(("POST /api/v1/logins/{id}", "POST /api/v1/rights/{id}")):
        if case.path_parameters.get("id") in KNOWN.get("logins", []) + KNOWN.get("rights", []):
            case.path_parameters["id"] = VICTIM


def harmless(case, label):
    """Takes the sting out of what would spoil the run for everybody."""
    if label == "POST /api/v1/view-as":
        on_another_session(case, is_watching=False)
    elif label == "POST /api/v1/view-as/leave":
        on_another_session(case, is_watching=True)
    elif label == "PATCH /api/v1/settings/sign-in":
        case.body = {"invitation_days": CHANCE.randrange(1, 60)}
    elif label == "PATCH /api/v1/settings" and isinstance(case.body, dict):
        case.body["webhook_targets"], case.body["token_days"] = "localhost", 90


@schemathesis.hook
def before_call(context, case, kwargs):
    path, method = case.operation.path, case.operation.method.upper()
    label = f"{method} {path}"
    kept(case, f"{case.method.upper()} {path}")
    if case.meta is not None and not case.meta.generation.mode.is_positive:
        return
    harmless(case, label)
    if CHANCE.random() < 0.3:
        return
    for name in list(case.path_parameters or {}):
        found = PLANNED if "plan" in path.rsplit("/", 1)[-1] and PLANNED and method == "GET" else KNOWN.get(noun(path), [])
        if found and name in ("id", "set"):
            case.path_parameters[name] = CHANCE.choice(found)
    if method in ("PUT", "PATCH", "DELETE") and case.headers is not None and "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        for field, kind in (("account", "accounts"), ("owner", "people"), ("customer_owner", "people")):
            if field in case.body and case.body[field] is not None and KNOWN.get(kind):
                case.body[field] = CHANCE.choice(KNOWN[kind])
        for field in ("plan", "objective"):
            case.body.pop(field, None)
    if label in SPECIAL:
        SPECIAL[label](case)


@schemathesis.hook
def after_call(context, case, response):
    label = case.operation.label
    good = counts.setdefault(label, [0, 0])
    good[0] += 1
    good[1] += 200 <= response.status_code < 300
    with open(COUNTS, "w", encoding="utf-8") as file:
        json.dump(counts, file)
