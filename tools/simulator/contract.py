"""A whole reading of the simulator's Ozon through a checking proxy: every method, every page.

    python tools/simulator/contract.py PROXY SIMULATOR

PROXY stands between this and the simulator and checks both sides against the official contract (Prism: 422 for a wrong
request, 500 for a wrong answer, the reasons in the header `sl-violations`). SIMULATOR is asked directly for the keys
(`--control on`). Prints operations, requests and violations; ends with 1 when there are any, or when a violation put in
on purpose is not caught.
"""

import json
import sys
import urllib.error
import urllib.request
from datetime import datetime, timedelta

HOST = "/api-seller.ozon.ru"
proxy, simulator = (argument.rstrip("/") for argument in sys.argv[1:3])


def get(path):
    with urllib.request.urlopen(simulator + path) as answer:
        return json.load(answer)


def control(path, body):
    request = urllib.request.Request(simulator + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()


keys = get("/_control/keys")["ozon"]
now = datetime.fromisoformat(get("/_control/clock")["now"].replace("Z", "+00:00"))
requests, violations = {}, []


def time(ago=timedelta()):
    return (now - ago).strftime("%Y-%m-%dT%H:%M:%SZ")


def call(path, body, count=True):
    """An answer and what the proxy found wrong with it or with the question."""
    headers = {"Client-Id": str(keys["client_id"]), "Api-Key": keys["admin"], "Content-Type": "application/json"}
    request = urllib.request.Request(proxy + HOST + path, json.dumps(body).encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            status, said, text = answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        status, said, text = error.code, error.headers, error.read()
    found = json.loads(said.get("sl-violations") or "[]")
    found = [violation for violation in found if violation.get("severity") == "Error"]
    if count:
        requests[path] = requests.get(path, 0) + 1
        if found or status != 200:
            violations.append((path, status, found or text.decode(errors="replace")[:300]))
    return (json.loads(text) if status == 200 else None), found


def pages(path, rows, body, word="cursor"):
    """All rows of a list."""
    everything = []
    for _ in range(10_000):
        answer, _ = call(path, body)
        if answer is None:
            return everything
        inner = answer["result"] if isinstance(answer.get("result"), dict) else answer
        page = inner[rows]
        everything += page
        if not page or answer.get("has_next") is False:
            return everything
        # A list of returns goes on after its last row's id, the others after what they say.
        body = body | {word: page[-1]["id"] if rows == "returns" else inner[word]}
    raise SystemExit(f"{path} has no end")


call("/v1/roles", {})
call("/v1/seller/info", {})
products = []
for visibility in ("ALL", "ARCHIVED"):
    listed = {"filter": {"visibility": visibility}, "limit": 100}
    products += pages("/v3/product/list", "items", listed | {"last_id": ""}, "last_id")
    pages("/v4/product/info/stocks", "items", listed | {"cursor": ""})
    pages("/v5/product/info/prices", "items", listed | {"cursor": ""})
    last, rows = "", True
    while rows:
        answer, _ = call("/v4/product/info/attributes", listed | {"last_id": last})
        rows, last = (answer["result"], answer["last_id"]) if answer else ([], "")
skus = [str(product["sku"]) for product in products]
for at in range(0, len(skus), 100):
    some = skus[at : at + 100]
    call("/v3/product/info/list", {"product_id": [str(product["product_id"]) for product in products[at : at + 100]]})
    pages("/v1/product/info/stocks-by-warehouse/fbo", "products", {"skus": some, "limit": 70, "cursor": ""})
    pages("/v2/product/info/stocks-by-warehouse/fbs", "products", {"sku": some, "limit": 70, "cursor": ""})
    call("/v1/analytics/stocks", {"skus": some})
call("/v1/product/info/description", {"product_id": products[0]["product_id"]})
call("/v1/warehouse/ozon/list", {"warehouse_types": ["FULL_FILLMENT"]})
call("/v1/cluster/list", {"cluster_type": "CLUSTER_TYPE_OZON"})
call("/v2/cluster/list", {})
call("/v1/warehouse/fbo/seller/list", {})
for warehouse in pages("/v2/warehouse/list", "warehouses", {"limit": 200, "cursor": ""}):
    body = {"warehouse_id": warehouse["warehouse_id"], "limit": 100, "cursor": ""}
    pages("/v1/product/info/warehouse/stocks", "stocks", body)
wanted = {"analytics_data": True, "financial_data": True}
body = {"filter": {"since": time(timedelta(days=90)), "to": time()}, "limit": 100, "sort_dir": "ASC", "cursor": ""}
fbo = pages("/v3/posting/fbo/list", "postings", body | {"with": wanted})
pages("/v3/posting/fbo/list", "postings", body | {"sort_dir": "DESC"})
fbs = pages("/v4/posting/fbs/list", "postings", body | {"with": wanted | {"barcodes": True}})
changed = {"last_changed_status_date": {"from": time(timedelta(days=2)), "to": time()}}
pages("/v4/posting/fbs/list", "postings", body | {"filter": body["filter"] | changed})
unfulfilled = {"filter": {"cutoff_from": time(timedelta(days=5)), "cutoff_to": time(timedelta(days=-5))}, "limit": 100}
pages("/v4/posting/fbs/unfulfilled/list", "postings", unfulfilled | {"cursor": ""})
for posting in fbo[:20]:
    call("/v2/posting/fbo/get", {"posting_number": posting["posting_number"], "with": wanted})
for posting in fbs[:20]:
    call("/v3/posting/fbs/get", {"posting_number": posting["posting_number"], "with": wanted | {"related_postings": True}})
moment = {"visual_status_change_moment": {"time_from": time(timedelta(days=90)), "time_to": time()}}
pages("/v1/returns/list", "returns", {"filter": moment, "limit": 100, "last_id": 0}, "last_id")
for at in range(0, 1 + len(skus), 1000):
    call("/v2/analytics/stock_on_warehouses", {"limit": 1000, "offset": at, "warehouse_type": "ALL"})
    call("/v1/analytics/turnover/stocks", {"limit": 1000, "offset": at})
body = {"date_from": time(timedelta(days=28))[:10], "date_to": time()[:10], "dimension": ["sku", "day"], "limit": 1000}
call("/v1/analytics/data", body | {"metrics": ["revenue", "ordered_units"]})

# What is wrong on purpose has to be found: a field that the contract doesn't know, and an answer of another shape.
refused, _ = call("/v3/product/list", {"filtre": {}}, count=False)
spoiled = {"operations": ["/v4/product/info/stocks"], "until": 1, "trouble": {"kind": "malformed-row"}}
control("/_control/recipe", {"seed": 1, "steps": [spoiled]})
malformed, _ = call("/v4/product/info/stocks", {"filter": {}, "limit": 10}, count=False)
control("/_control/recipe", {"steps": []})
caught = refused is None and malformed is None

print(f"operations {len(requests)}, requests {sum(requests.values())}, violations {len(violations)}")
print(f"a wrong question is {'caught' if refused is None else 'NOT caught'}")
print(f"a wrong answer is {'caught' if malformed is None else 'NOT caught'}")
for path, count in sorted(requests.items()):
    print(f"{count:6} {path}")
seen = set()
for path, status, found in violations:
    reason = json.dumps(found, ensure_ascii=False)[:1500]
    if (path, reason[:200]) not in seen:
        seen.add((path, reason[:200]))
        print(path, status, reason)
sys.exit(bool(violations) or not caught)
