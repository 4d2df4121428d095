"""Clients that others generated from the official contracts, talking to the simulator.

    pip install -r tools/simulator/requirements.txt
    python tools/simulator/clients.py http://127.0.0.1:4012

The simulator runs with `--control on`, best with `--limits off`: the clients wait where they are told to. Every answer
has to fit the client's own types; prints what was read, ends with 1 when something was not.
"""

import asyncio
import importlib
import json
import sys
import urllib.request
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from ozon_sdk import SellerAPI
from ozon_sdk.seller_api.basic import methods as basic
from ozon_sdk.seller_api.beta import methods as beta
from ozon_sdk.seller_api.premium import methods as premium

base = sys.argv[1].rstrip("/")


def get(path):
    with urllib.request.urlopen(base + path) as answer:
        return json.load(answer)


keys = get("/_control/keys")
now = datetime.fromisoformat(get("/_control/clock")["now"].replace("Z", "+00:00"))
failed = 0


def said(what, found):
    print(f"{what}: {found}")


# Ozon: methods by their paths, bodies converted to the client's own types.
METHODS = {
    method.__path__: method
    for module in (basic, beta, premium)
    for method in vars(module).values()
    if isinstance(method, type) and isinstance(getattr(method, "__path__", None), str)
}


def question(path, body):
    method = METHODS[path]
    # The client's fields have names of their own where the contract's is a word of the language.
    names = {api: field for field, api in getattr(method, "__body_fields__", {}).items()}
    kinds = {field.name: field.type for field in msgspec.structs.fields(method)}
    values = {names[api]: msgspec.convert(value, kinds[names[api]], strict=False) for api, value in body.items()}
    return method(**values)


async def ozon():
    global failed
    own = keys["ozon"]
    api = SellerAPI(str(own["client_id"]), own["admin"], base_url=f"{base}/api-seller.ozon.ru")
    # Its habit of two calls a second is for the real one.
    pages = {"filter": {"visibility": "ALL"}, "limit": 1000}
    products = await question("/v3/product/list", pages).paginate(api)
    skus = [str(product.sku) for product in products][:100]
    ids = [str(product.product_id) for product in products][:100]
    until = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    since = (now - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    period = {"filter": {"since": since, "to": until}, "limit": 100}
    month = {"date_from": since[:10], "date_to": until[:10], "dimension": ["sku"], "metrics": ["revenue"], "limit": 9}
    asked = [
        ("/v1/roles", {}),
        ("/v1/seller/info", {}),
        ("/v3/product/info/list", {"product_id": ids}),
        ("/v4/product/info/attributes", pages),
        ("/v1/product/info/description", {"product_id": int(ids[0])}),
        ("/v4/product/info/stocks", pages),
        ("/v1/product/info/stocks-by-warehouse/fbo", {"skus": skus, "limit": 1000}),
        ("/v2/product/info/stocks-by-warehouse/fbs", {"sku": skus, "limit": 1000}),
        ("/v5/product/info/prices", pages),
        ("/v2/warehouse/list", {"limit": 200}),
        ("/v1/warehouse/ozon/list", {"warehouse_types": ["FULL_FILLMENT"]}),
        ("/v1/warehouse/fbo/seller/list", {}),
        ("/v1/cluster/list", {"cluster_type": "CLUSTER_TYPE_OZON"}),
        ("/v2/cluster/list", {}),
        ("/v3/posting/fbo/list", period),
        ("/v4/posting/fbs/list", period),
        ("/v4/posting/fbs/unfulfilled/list", {"filter": {}, "limit": 100}),
        ("/v1/returns/list", {"filter": {}, "limit": 500}),
        ("/v2/analytics/stock_on_warehouses", {"limit": 1000}),
        ("/v1/analytics/turnover/stocks", {"limit": 1000}),
        ("/v1/analytics/stocks", {"skus": skus}),
        ("/v1/analytics/data", month),
    ]
    said("/v3/product/list", f"{len(products)} rows")
    for path, body in asked:
        if path not in METHODS:
            said(path, "the client doesn't know it")
            continue
        try:
            call = question(path, body)
            if getattr(call, "__paginate__", None):
                said(path, f"{len(await call.paginate(api))} rows")
            else:
                said(path, type(await call.emit(api)).__name__)
        except Exception as problem:
            failed += 1
            said(path, f"FAILED {problem}"[:300])
    await api.close()


# Wildberries: hosts are written into the client, so its addresses are led to the simulator.
def wildberries():
    global failed

    def api(section):
        package = importlib.import_module(f"wildberries_sdk.{section}")

        class Client(package.ApiClient):
            def call_api(self, method, url, *rest, **more):
                parts = urlsplit(url)
                query = f"?{parts.query}" if parts.query else ""
                return super().call_api(method, f"{base}/{parts.netloc}{parts.path}{query}", *rest, **more)

        client = Client(package.Configuration())
        client.set_default_header("Authorization", keys["keys"]["personal"])
        return package, package.DefaultApi(client)

    general, on_general = api("general")
    items, on_items = api("items")
    reports, on_reports = api("reports")
    analytics, on_analytics = api("analytics")
    day = (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
    cards = {"settings": {"cursor": {"limit": 100}, "filter": {"withPhoto": -1}}}
    asked = [
        ("ping", on_general.get_ping),
        ("seller-info", on_general.get_v1_seller_info),
        ("cards/list", lambda: on_items.post_v2_get_cards_list(items.PostV2GetCardsListRequest.from_dict(cards))),
        ("warehouses", on_items.get_v3_warehouses),
        ("list/goods/filter", lambda: on_items.get_v2_list_goods_filter(limit=100)),
        ("supplier/orders", lambda: on_reports.get_v1_supplier_orders(date_from=day)),
        ("supplier/sales", lambda: on_reports.get_v1_supplier_sales(date_from=day)),
        ("wb-warehouses", lambda: on_analytics.post_v1_stocks_report_wb_warehouses(analytics.InventoryRequest())),
    ]
    for name, ask in asked:
        try:
            answer = ask()
            said(name, f"{len(answer)} rows" if isinstance(answer, list) else type(answer).__name__)
        except Exception as problem:
            failed += 1
            said(name, f"FAILED {problem}"[:300])


asyncio.run(ozon())
wildberries()
sys.exit(bool(failed))
