"""Fuzzes the REST door of the server at BASE_URL with schemathesis: once as a person with a synchronised shop, and each
operation that ends the token of who calls it as a person of its own. Arguments go on to schemathesis."""

import base64
import json
import os
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

BASE = os.environ["BASE_URL"]
HERE = Path(__file__).parent
# Where the token may end with the call: what follows would only be refused.
ENDINGS = [
    "/api/v1/auth/logout",
    "/api/v1/auth/account-deletion",
    "/api/v1/auth/password",
    "/api/v1/auth/sessions/{session_id}",
    "/api/v1/auth/switch",
    "/api/v1/invitations/accept",
    "/api/v1/members/me",
    "/api/v1/tenants/me/deletion",
]


def call(method, url, body=None, token=None):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method)) as answer:
        return answer.read()


def person():
    """Somebody who registered; their access token."""
    body = {"email": f"{uuid.uuid4()}@example.com", "password": "correct horse battery", "company_name": "Fuzz"}
    return json.loads(call("POST", f"{BASE}/api/v1/auth/register", body))["access_token"]


def personal_key():
    """A personal, read-only key of a new seller; the simulated marketplace can't check signatures."""
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    claims = {"acc": 3, "ent": 1, "exp": int(time.time()) + 10_000_000, "for": "self", "id": str(uuid.uuid4()),
              "s": 0b111110 + 2**30, "sid": str(uuid.uuid4()), "t": False}
    signature = base64.urlsafe_b64encode(bytes(64)).decode().rstrip("=")
    return f"{part({'alg': 'ES256', 'kid': '20260302v1', 'typ': 'JWT'})}.{part(claims)}.{signature}"


def shop(token):
    """Connects the simulated marketplace and waits for a whole sync: its events end with it."""
    key = personal_key()
    call("PATCH", f"{BASE}/api/v1/tenants/me/credentials", {"wildberries_api_key": key}, token)
    run = json.loads(call("POST", f"{BASE}/api/v1/products/sync", token=token))["task_id"]
    call("GET", f"{BASE}/api/v1/syncs/{run}/events", token=token)


def fuzz(token, filters, more):
    tool = Path(sys.executable).parent / "schemathesis"
    command = [tool, "--config-file", HERE / "schemathesis.toml", "run", f"{BASE}/openapi.json", "--url", BASE]
    command += ["-H", f"Authorization: Bearer {token}", "--checks", "all", *filters, *more]
    return subprocess.run(command, check=False).returncode


def main():
    more = sys.argv[1:]
    token = person()
    shop(token)
    # Without the dashboard's functions and its front page.
    others = ["--exclude-path-regex", "^/(api/fn/.*)?$"]
    for path in ENDINGS:
        others += ["--exclude-path", path]
    outcomes = [fuzz(token, others, more)]
    outcomes += [fuzz(person(), ["--include-path", path], more) for path in ENDINGS]
    return max(outcomes)


sys.exit(main())
