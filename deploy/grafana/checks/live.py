"""Asks a Prometheus that scrapes a running pipeline what the dashboards and rules ask, while collections come in.

usage: live.py ROOT PROMETHEUS-URL COLLECTIONS-URL
Prints a line a check, "ok   …" or "FAIL …".
"""

import glob
import itertools
import json
import math
import os
import re
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT, PROMETHEUS, COLLECTIONS = sys.argv[1:]
# Until then data may take to appear; after it, a query without any is given 3 s more.
WARM = time.monotonic() + 60

# Panels that rightly have no data in a short and healthy run, each with the reason.
WITHOUT_DATA = {}

# Alerts whose expression has nothing to show in a healthy run, not even without its threshold.
ABSENT = {"MillraceWebDown", "MillraceWorkerDown"}

REFUSED = [
    ("application/json", b"no json"),
    ("application/json", b'{"version":"1"}'),
    ("text/plain", b"{}"),
]


def post(content_type, body):
    request = urllib.request.Request(COLLECTIONS, body, {"Content-Type": content_type})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def send(stop):
    for n in itertools.count():
        if stop.is_set():
            return
        payloads = [{"n": n, "part": part, "text": "a line\r\n of an event" * 20} for part in range(8)]
        body = json.dumps({"version": "1", "token": "dashboards-test", "data": payloads})
        post("application/json", body.replace(", ", ",\n").encode())
        if n % 20 == 0:
            for content_type, refused in REFUSED:
                post(content_type, refused)


def ask(path, **parameters):
    url = f"{PROMETHEUS}/api/v1/{path}?{urllib.parse.urlencode(parameters, doseq=True)}"
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
        raise ValueError(json.load(error).get("error", error)) from None


def has_data(expression):
    result = ask("query", query=expression)["result"]
    return any(not math.isnan(float(sample["value"][1])) for sample in result)


def filled_in(expression):
    """As Grafana would ask it."""
    for name, value in (("$__rate_interval", "15s"), ("$instance", ".+")):
        expression = expression.replace(name, value)
    return expression


def without_threshold(expression):
    return re.sub(r"(==|<|>)\s*[\d.]+(e[+-]?\d+)?(?=[\s)]|$)", "> -Inf", expression)


def check(name, fault):
    """fault: None or empty if all is well."""
    print(f"FAIL {name}: {fault}" if fault else f"ok   {name}", flush=True)


def fault_of(expression, with_data=True):
    """None if the expression is answered, and soon with data if it should have some."""
    end = max(WARM, time.monotonic() + 3)
    while True:
        try:
            if has_data(expression) == with_data:
                return None
            fault = "no data" if with_data else "has data, though it is listed as without"
        except ValueError as error:
            return f"{error} in {expression}"
        if time.monotonic() > end:
            return f"{fault}: {expression}"
        time.sleep(0.5)


def panels(board):
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def form_faults(board):
    seen = set()
    for panel in panels(board):
        name = panel["title"]
        if panel["id"] in seen:
            yield f"{name}: its id is another's, too"
        seen.add(panel["id"])
        if not panel.get("description"):
            yield f"{name}: no description"
        if not panel["fieldConfig"]["defaults"].get("unit"):
            yield f"{name}: no unit"
        for part in [panel, *panel["targets"]]:
            if part["datasource"] != {"type": "prometheus", "uid": "${datasource}"}:
                yield f"{name}: not of the variable datasource"


def check_board(name, board):
    check(f"{name}: form", "; ".join(form_faults(board)))
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            metric = re.fullmatch(r"label_values\((\w+), instance\)", variable["definition"])[1]
            values = ask("label/instance/values", **{"match[]": metric})
            check(f"{name}: values of ${variable['name']}", None if values else f"no {metric}")
    for panel in panels(board):
        place = f"{name}: {panel['title']}"
        with_data = place not in WITHOUT_DATA
        faults = [fault_of(filled_in(target["expr"]), with_data) for target in panel["targets"]]
        check(place, "; ".join(filter(None, faults)))
    for annotation in board["annotations"]["list"]:
        ask("query", query=annotation["expr"])


def headings():
    with open(os.path.join(ROOT, "docs/operations.md"), encoding="utf-8") as text:
        return {line.lstrip("# ").strip().lower() for line in text if line.startswith("#")}


def tested():
    """The alerts that the unit tests see fire, and those that they see silent."""
    fires, silent = set(), set()
    for file in glob.glob(os.path.join(ROOT, "deploy/prometheus/tests/*.yml")):
        with open(file, encoding="utf-8") as text:
            content = text.read()
        fires.update(re.findall(r"alertname: (\w+)\n\s+exp_alerts:\n", content))
        silent.update(re.findall(r"alertname: (\w+) \}", content))
    return fires, silent


def alert_faults(rule, sections, fires, silent):
    page, _, section = rule["annotations"].get("runbook_url", "").partition("#")
    if rule["labels"].get("severity") not in ("critical", "warning"):
        yield "severity is neither critical nor warning"
    if not {"summary", "description"} <= rule["annotations"].keys():
        yield "no summary or description"
    if page != "docs/operations.md" or section != rule["name"].lower() or section not in sections:
        yield "runbook_url is not its section in docs/operations.md"
    if rule["name"] not in fires:
        yield "no unit test sees it fire"
    if rule["name"] not in silent:
        yield "no unit test sees it silent"


def asked(rules):
    """All that rules and dashboards ask, as one text."""
    texts = [rule["query"] for rule in rules]
    for file in glob.glob(os.path.join(ROOT, "deploy/grafana/dashboards/*.json")):
        with open(file, encoding="utf-8") as text:
            texts.append(text.read())
    return "\n".join(texts)


def check_rules():
    sections, (fires, silent) = headings(), tested()
    rules = [rule for group in ask("rules")["groups"] for rule in group["rules"]]
    queries = asked(rules)
    for rule in rules:
        name = f"{rule['type']} rule {rule['name']}"
        if rule["type"] == "recording":
            faults = [] if rule["name"] in queries else ["nothing uses it"]
            query = rule["query"]
        else:
            faults = list(alert_faults(rule, sections, fires, silent))
            query = without_threshold(rule["query"])
        if rule["name"] in ABSENT:
            query = f"{query} or vector(0)"
        faults.append(fault_of(query))
        check(name, "; ".join(filter(None, faults)))


def check_health():
    rules = [rule for group in ask("rules")["groups"] for rule in group["rules"]]
    check("every rule is evaluated without an error", "; ".join(rule["lastError"] for rule in rules if rule.get("lastError")))
    alerts = [alert["labels"] for alert in ask("alerts")["alerts"] if alert["state"] == "firing"]
    check("no alert fires", str(alerts) if alerts else None)


def main():
    stop = threading.Event()
    senders = [threading.Thread(target=send, args=(stop,), daemon=True) for _ in range(4)]
    for sender in senders:
        sender.start()
    try:
        for file in sorted(glob.glob(os.path.join(ROOT, "deploy/grafana/dashboards/*.json"))):
            with open(file, encoding="utf-8") as text:
                check_board(os.path.basename(file), json.load(text))
        check_rules()
        check_health()
    finally:
        stop.set()
        for sender in senders:
            sender.join(timeout=15)


main()
