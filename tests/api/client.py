"""A client that knows nothing but the OpenAPI document: it finds each operation by its id, fills the
parameters and bodies by their schemas, and does the main job: import, accounts, plan, PDF."""

import json
import os
import pathlib
import sys

import requests

ADDRESS = os.environ["ORCHESTRE_ADDRESS"]
PEOPLE = {one["role"]: one for one in json.loads(pathlib.Path(os.environ["ORCHESTRE_PEOPLE"]).read_text())["people"]}
DOCUMENT = requests.get(f"{ADDRESS}/api/v1/openapi.json", timeout=30).json()
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}


class Client:
    """Calls operations as somebody."""

    def __init__(self, role):
        self.session = requests.Session()
        answer = self.call("sessions-create", body={"email": PEOPLE[role]["email"], "password": PEOPLE[role]["password"]})
        self.session.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def call(self, operation_id, body=None, tag=None, **parameters):
        method, path, operation = OPERATIONS[operation_id]
        query, headers = {}, {}
        for one in operation.get("parameters", []):
            if one["in"] == "path":
                path = path.replace("{%s}" % one["name"], parameters.pop(one["name"]))
            elif one["in"] == "query" and one["name"] in parameters:
                query[one["name"]] = parameters.pop(one["name"])
            elif one["name"] == "If-Match":
                headers["If-Match"] = tag or "*"
        assert not parameters, f"{operation_id} has no {sorted(parameters)}"
        if body is not None:
            kind = next(iter(operation["requestBody"]["content"]))
            headers["Content-Type"] = kind
            body = json.dumps(body) if "json" in kind else body
        answer = self.session.request(method, ADDRESS + path, params=query, headers=headers, data=body and body.encode(), timeout=60)
        assert str(answer.status_code) in operation["responses"], f"{operation_id} answers {answer.status_code}: {answer.text[:300]}"
        assert answer.ok, f"{operation_id} answers {answer.status_code}: {answer.text[:300]}"
        return answer

    def all(self, operation_id, **parameters):
        """Everything of a list, page after page."""
        cursor, found = None, []
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = self.call(operation_id, limit=7, **parameters, **more).json()
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                assert len(found) == page["found"], f"{len(found)} of {page['found']}"
                return found


def main():
    steward, director = Client("OPS"), Client("PD")
    file = "id,name,country\nAPI-1,Verdel Emballages,FR\nAPI-2,Verdel Ibérica,ES\n"
    report = steward.call("imports-create", body=file, name="verdel.csv", kind="accounts", origin="client").json()
    accounts = director.all("accounts-list")
    own = next(one for one in accounts if one["name"] == "Verdel Emballages")
    assert director.call("accounts-show", id=own["id"]).json()["name"] == own["name"]
    kam = Client("KAM")
    account = next(one for one in kam.all("accounts-list") if one["tier"])
    plan = kam.call("accounts-plan", id=account["id"])
    made = kam.call("objectives-create", id=plan.json()["id"], body={"text": "Return empties by rail", "state": "proposed"})
    tag, one = made.headers["ETag"], made.json()["id"]
    changed = kam.call("objectives-update", id=one, tag=tag, body={"metric": "trains a week"})
    stale = kam.session.patch(f"{ADDRESS}/api/v1/objectives/{one}", headers={"If-Match": tag, "Content-Type": "application/merge-patch+json"}, data='{"unit": "t"}', timeout=30)
    assert stale.status_code == 412 and stale.headers["ETag"] == changed.headers["ETag"], stale.text
    kam.call("objectives-delete", id=one, tag=changed.headers["ETag"])
    pdf = kam.call("accounts-plan-pdf", id=account["id"], lang="fr").content
    assert pdf.startswith(b"%PDF-"), pdf[:20]
    print(f"client: {report['created']} imported, {len(accounts)} accounts, plan of {account['name']}, PDF of {len(pdf)} bytes")
    return 0


sys.exit(main())
