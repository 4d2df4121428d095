"""Clients that others generated from the official contracts, talking to the simulator.

    pip install -r tools/requirements.txt
    python tools/simulator/clients.py http://127.0.0.1:4012

The simulator runs with `--control on`, best with `--limits off`: the clients wait where they are told to. Every answer
has to fit the client's own types. What was read goes to the standard output as JSON, for a test that knows the truth;
ends with 1 when something was not.
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
read, failed = {}, {}


def wrong(what, problem):
    failed[what] = f"{type(problem).__name__}: {problem}"[:1000]


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
    own = keys["ozon"]
    api = SellerAPI(str(own["client_id"]), own["admin"], base_url=f"{base}/api-seller.ozon.ru")

    async def all_of(path, body):
        """All rows of a list, or the one answer of what is none; None when it failed."""
        try:
            call = question(path, body)
            return await (call.paginate(api) if getattr(call, "__paginate__", None) else call.emit(api))
        except Exception as problem:
            wrong(path, problem)
            return None

    def count(path, rows, of):
        if rows is not None:
            read[path] = of(rows)

    # Its habit of two calls a second is for the real one.
    pages = {"filter": {"visibility": "ALL"}, "limit": 1000}
    products = await all_of("/v3/product/list", pages)
    if products is None:
        return await api.close()
    read["/v3/product/list"] = sorted(int(product.product_id) for product in products)
    skus = [str(product.sku) for product in products][:100]
    ids = [str(product.product_id) for product in products][:100]
    until = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    since = (now - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    period = {"filter": {"since": since, "to": until}, "limit": 100}
    month = {"date_from": since[:10], "date_to": until[:10], "dimension": ["sku"], "metrics": ["revenue"], "limit": 9}
    free = lambda rows: sum(int(row.present) - int(row.reserved) for row in rows)
    available = lambda answer: sum(int(row.available_stock_count) for row in answer.items)
    numbers = lambda rows: sorted(row.posting_number for row in rows)
    asked = [
        ("/v1/product/info/stocks-by-warehouse/fbo", {"skus": skus, "limit": 1000}, free),
        ("/v2/product/info/stocks-by-warehouse/fbs", {"sku": skus, "limit": 1000}, free),
        ("/v3/posting/fbo/list", period, numbers),
        ("/v4/posting/fbs/list", period, numbers),
        ("/v4/product/info/stocks", pages, len),
        ("/v4/product/info/attributes", pages, len),
        ("/v5/product/info/prices", pages, len),
        ("/v2/warehouse/list", {"limit": 200}, len),
        ("/v1/returns/list", {"filter": {}, "limit": 500}, len),
        ("/v1/analytics/stocks", {"skus": skus}, available),
        ("/v1/analytics/turnover/stocks", {"limit": 1000}, lambda rows: len(getattr(rows, "items", rows))),
        ("/v3/product/info/list", {"product_id": ids}, lambda answer: len(answer.items)),
        ("/v1/roles", {}, lambda answer: len(answer.roles)),
    ]
    # Of these it is enough that the client takes them.
    taken = [
        ("/v1/seller/info", {}),
        ("/v1/product/info/description", {"product_id": int(ids[0])}),
        ("/v1/warehouse/ozon/list", {"warehouse_types": ["FULL_FILLMENT"]}),
        ("/v1/warehouse/fbo/seller/list", {}),
        ("/v1/cluster/list", {"cluster_type": "CLUSTER_TYPE_OZON"}),
        ("/v2/cluster/list", {}),
        ("/v4/posting/fbs/unfulfilled/list", {"filter": {}, "limit": 100}),
        ("/v2/analytics/stock_on_warehouses", {"limit": 1000}),
        ("/v1/analytics/data", month),
    ]
    for path, body, of in asked + [(path, body, lambda answer: type(answer).__name__) for path, body in taken]:
        if path not in METHODS:
            read[path] = None
            continue
        rows = await all_of(path, body)
        try:
            count(path, rows, of)
        except Exception as problem:
            wrong(path, problem)
    await api.close()


# Wildberries: hosts are written into the client, so its addresses are led to the simulator.
def wildberries():
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
    day = (now - timedelta(days=1) + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%S")
    month = {name: (now - timedelta(days=days)).strftime("%Y-%m-%d") for name, days in (("start", 28), ("end", 1))}
    known = {}

    def cards():
        body = {"settings": {"cursor": {"limit": 100}, "filter": {"withPhoto": -1}}}
        answer = on_items.post_v2_get_cards_list(items.PostV2GetCardsListRequest.from_dict(body))
        known["sizes"] = [size.chrt_id for card in answer.cards for size in card.sizes]
        return sorted(card.nm_id for card in answer.cards)

    def of_sellers():
        pieces = 0
        for warehouse in on_items.get_v3_warehouses():
            body = items.PostV3StocksWarehouseIdRequest.from_dict({"chrtIds": known["sizes"]})
            pieces += sum(stock.amount for stock in on_items.post_v3_stocks_warehouse_id(warehouse.id, body).stocks)
        return pieces

    def own_stock():
        answer = on_analytics.post_v1_stocks_report_wb_warehouses(analytics.InventoryRequest())
        return sum(row.quantity for row in answer.data.items)

    def figures():
        body = {
            "currentPeriod": month, "stockType": "", "skipDeletedNm": True, "availabilityFilters": [],
            "orderBy": {"field": "stockCount", "mode": "desc"}, "limit": 1000, "offset": 0,
        }
        wanted = analytics.TableItemRequest.from_dict(body)
        answer = on_analytics.post_v2_stocks_report_products_products(wanted)
        return sum(row.metrics.stock_count for row in answer.data.items)

    asked = [
        ("ping", lambda: on_general.get_ping().status),
        ("seller-info", lambda: on_general.get_v1_seller_info().sid),
        ("cards/list", cards),
        ("stocks", of_sellers),
        ("list/goods/filter", lambda: len(on_items.get_v2_list_goods_filter(limit=100).data.list_goods)),
        ("supplier/orders", lambda: sorted(row.srid for row in on_reports.get_v1_supplier_orders(date_from=day))),
        ("supplier/sales", lambda: len(on_reports.get_v1_supplier_sales(date_from=day))),
        ("wb-warehouses", own_stock),
        ("stocks-report/products", figures),
    ]
    for name, ask in asked:
        try:
            read[name] = ask()
        except Exception as problem:
            wrong(name, problem)


asyncio.run(ozon())
wildberries()
json.dump({"read": read, "failed": failed}, sys.stdout, ensure_ascii=False)
sys.exit(bool(failed))
