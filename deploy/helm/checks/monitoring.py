"""What rendered.py asks of the objects for Prometheus and Grafana."""

import json
import re

import yaml
from outcome import check
from settings import TIERS


def check_monitoring(case, deploy):
    """Deploy is the folder that has rules and dashboards."""
    for monitor in case.of("PodMonitor"):
        check_monitor(case, monitor["spec"], deploy)
    rules = {o["metadata"]["name"].rsplit("-", 1)[1]: o for o in case.of("PrometheusRule")}
    dashboards = {o["metadata"]["name"].rsplit("-", 1)[1]: o for o in case.of("ConfigMap")}
    check_rules(case.values["prometheusRule"], rules, deploy / "prometheus/rules")
    check_dashboards(case.values["dashboards"], dashboards, deploy / "grafana/dashboards")


def check_monitor(case, spec, deploy):
    selected = case.pods_under(spec["selector"]["matchLabels"])
    (endpoint,) = spec["podMetricsEndpoints"]
    check("the pod monitor scrapes both tiers", selected == set(TIERS), selected)
    check("on the admin port", (endpoint["port"], endpoint["path"]) == ("admin", "/metrics"), endpoint)
    (relabeling,) = endpoint["relabelings"]
    (label,) = relabeling["sourceLabels"]
    component = "app.kubernetes.io/component"
    same = label == "__meta_kubernetes_pod_label_" + re.sub(r"\W", "_", component)
    check("its jobs are named by the tier", same and relabeling["targetLabel"] == "job", relabeling)
    selectors = set(re.findall(r'job=~"([^"]*)"', (deploy / "prometheus/rules/alerts.yml").read_text()))
    check("the alerts look at jobs", selectors != set())
    for tier, deployment in case.tiers.items():
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        job = relabeling["replacement"].replace("$1", labels[component])
        check(f"{tier}: its job is called millrace-{tier}", job == f"millrace-{tier}", job)
        check(f"{tier}: the alerts look at its job", any(re.fullmatch(s, job) for s in selectors), selectors)


def check_rules(values, objects, folder):
    files = {path.stem: path.read_text() for path in folder.glob("*.yml")}
    wanted = files.keys() if values["enabled"] else set()
    check("each file of rules is there, if asked for", objects.keys() == wanted, objects.keys())
    for name, rule in objects.items():
        told = yaml.safe_load(files[name])
        sections = [alert.pop("runbook_url").partition("#")[2] for alert in annotations(told)]
        urls = [alert.pop("runbook_url") for alert in annotations(rule["spec"])]
        check(f"the rules {name} are those of deploy/prometheus", rule["spec"] == told)
        expected = [f"{values['runbookUrl']}#{section}" for section in sections]
        check(f"the rules {name}: where the runbook is", urls == expected, urls)
        check_labels(rule, values)


def annotations(rules):
    return [rule["annotations"] for group in rules["groups"] for rule in group["rules"] if "alert" in rule]


def check_dashboards(values, objects, folder):
    files = {path.stem: path.read_text() for path in folder.glob("*.json")}
    wanted = files.keys() if values["enabled"] else set()
    check("each dashboard is there, if asked for", objects.keys() == wanted, objects.keys())
    for name, dashboard in objects.items():
        ((file, text),) = dashboard["data"].items()
        check(f"the dashboard {name} is that of deploy/grafana", json.loads(text) == json.loads(files[name]))
        check(f"the dashboard {name} has a name of its own", file == f"millrace-{name}.json", file)
        check_labels(dashboard, values)


def check_labels(made, values):
    labels = made["metadata"]["labels"]
    check(f"{made['kind']} {made['metadata']['name']} can be found", values["labels"].items() <= labels.items(), labels)
