"""Rendered objects, from standard input, fit each other, the tiers, and the values that they were rendered from:

  rendered.py SETTINGS.md CHART VALUES

Needs PyYAML.
"""

import pathlib
import re
import sys

import monitoring
import yaml
from outcome import check, exit_status
from settings import TIERS, reference_settings


class Case:
    """The objects of one rendering, and the values it was rendered from."""

    def __init__(self, objects, values):
        self.objects = objects
        self.values = values
        self.tiers = {tier: self.deployment(tier) for tier in TIERS}

    def of(self, kind):
        return [o for o in self.objects if o["kind"] == kind]

    def deployment(self, tier):
        return next(d for d in self.of("Deployment") if d["metadata"]["name"].endswith("-" + tier))

    def setting(self, tier, name):
        return int({**self.values["settings"], **self.values[tier]["settings"]}[name])

    def pods_under(self, selector):
        """The tiers whose pods have these labels."""
        return {
            tier
            for tier, deployment in self.tiers.items()
            if selector.items() <= deployment["spec"]["template"]["metadata"]["labels"].items()
        }


def container_of(deployment):
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return container


def own_tier(obj):
    return {obj["metadata"]["name"].rsplit("-", 1)[1]}


def check_settings(case, page):
    """Every setting of the values reaches its tier, as the text that the tier reads, and nothing else does."""
    aws = {"AWS_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_S3"}
    aws |= {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    for tier, deployment in case.tiers.items():
        env = container_of(deployment)["env"]
        names = [e["name"] for e in env]
        texts = {e["name"]: e["value"] for e in env if "value" in e}
        values = {**case.values["settings"], **case.values[tier]["settings"]}
        given = {n: str(v).lower() if isinstance(v, bool) else str(v) for n, v in values.items()}
        extra = {e["name"] for e in case.values[tier]["extraEnv"]}
        check(f"{tier}: no variable is there twice", len(names) == len(set(names)), names)
        check(f"{tier}: its settings are given", given.items() <= texts.items(), given.items() - texts.items())
        unknown = set(names) - page[tier].keys() - aws - extra
        check(f"{tier}: no other variable is", not unknown, unknown)
        check(f"{tier}: a region is", bool(texts.get("AWS_REGION")), texts)


def check_command(case, deploy):
    """It is the image's, and the options of the values behind those of the image."""
    for tier, deployment in case.tiers.items():
        dockerfile = (deploy / f"{tier}.Dockerfile").read_text()
        entry = re.findall(r'"([^"]*)"', re.search(r"^ENTRYPOINT \[(.*?)]$", dockerfile, re.M | re.S)[1])
        jar = entry.index("-jar")
        expected = [*entry[:jar], *case.values[tier]["javaOptions"].split(), *entry[jar:]]
        command = container_of(deployment)["command"]
        check(f"{tier}: it runs what the image runs, with its options", command == expected, command)


def check_stopping(case):
    """The bounds are those of docs/running.md: "Before it is killed give the web tier …"."""
    need = {
        "web": case.setting("web", "DRAIN_DELAY_MS") + 2 * case.setting("web", "ACK_TIMEOUT_MS") + 5000,
        "worker": case.setting("worker", "PUT_TIMEOUT_MS") + 15000,
    }
    for tier, deployment in case.tiers.items():
        hook = container_of(deployment).get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        grace = deployment["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
        slack = grace * 1000 - hook * 1000 - need[tier]
        check(f"{tier}: {grace} s of grace are enough to drain, and not far more", 2000 <= slack <= 10000, slack)
        check(f"{tier}: the hook is the one asked for", hook == case.values[tier].get("preStopSleepSeconds", 0), hook)


def check_ports(case):
    for tier, deployment in case.tiers.items():
        container = container_of(deployment)
        ports = {p["name"]: p["containerPort"] for p in container["ports"]}
        expected = {"admin": case.setting(tier, "ADMIN_PORT")}
        if tier == "web":
            expected["http"] = case.setting("web", "PORT")
        check(f"{tier}: its ports are those of its settings", ports == expected, ports)
        probes = {n: container[n + "Probe"]["httpGet"] for n in ("startup", "readiness", "liveness")}
        paths = {n: (p["port"], p["path"]) for n, p in probes.items()}
        live, ready = ("admin", "/health/live"), ("admin", "/health/ready")
        check(
            f"{tier}: it is probed on the admin port",
            paths == {"startup": live, "readiness": ready, "liveness": live},
            paths,
        )
    (service,) = case.of("Service")
    check("the service reaches web pods alone", case.pods_under(service["spec"]["selector"]) == {"web"})
    check("the service opens the edge alone", [p["targetPort"] for p in service["spec"]["ports"]] == ["http"])
    for ingress in case.of("Ingress"):
        backends = [p["backend"]["service"] for r in ingress["spec"]["rules"] for p in r["http"]["paths"]]
        expected = {"name": service["metadata"]["name"], "port": {"name": service["spec"]["ports"][0]["name"]}}
        check("the ingress leads to the service", backends and all(b == expected for b in backends), backends)
        if ingress["spec"].get("ingressClassName") == "alb":
            check_alb(ingress["metadata"]["annotations"], service, case)


def check_alb(annotations, service, case):
    """By default it sends to ports of nodes, which a ClusterIP has none of, and asks for /, which is 404."""
    told = {name.rsplit("/", 1)[1]: text for name, text in annotations.items()}
    check("the ALB sends to pods", service["spec"]["type"] != "ClusterIP" or told.get("target-type") == "ip", told)
    check("the ALB asks pods whether they are ready", told.get("healthcheck-path") == "/health/ready", told)
    hook = case.values["web"]["preStopSleepSeconds"]
    check("pods wait until the ALB knows that they end", hook >= 15, hook)


def check_security(case):
    for tier, deployment in case.tiers.items():
        pod = deployment["spec"]["template"]["spec"]
        container = container_of(deployment)
        tmp = case.values[tier]["tmpSize"]
        check(
            f"{tier}: its pod is not root and confined",
            pod["securityContext"]["runAsNonRoot"]
            and pod["securityContext"].get("runAsUser") == case.values["podSecurityContext"].get("runAsUser")
            and pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
            and not any(pod.get(n) for n in ("hostNetwork", "hostPID", "hostIPC")),
        )
        check(
            f"{tier}: its container has no rights, and writes nowhere but in a /tmp that was asked for",
            container["securityContext"]
            == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            and [m["mountPath"] for m in container.get("volumeMounts", [])] == (["/tmp"] if tmp else [])
            and [v["emptyDir"] for v in pod.get("volumes", [])] == ([{"sizeLimit": tmp}] if tmp else []),
        )
        check(f"{tier}: it gets no token of the cluster", pod["automountServiceAccountToken"] is False)
        check(f"{tier}: it gets no variables of services", pod["enableServiceLinks"] is False)
        made = {a["metadata"]["name"] for a in case.of("ServiceAccount")}
        name = case.values[tier]["serviceAccount"]["name"]
        check(
            f"{tier}: its service account is made, unless one is named",
            pod["serviceAccountName"] == name if name else pod["serviceAccountName"] in made,
        )


def check_selectors(case):
    for tier, deployment in case.tiers.items():
        selected = case.pods_under(deployment["spec"]["selector"]["matchLabels"])
        check(f"{tier}: its deployment selects its own pods alone", selected == {tier}, selected)
        for constraint in deployment["spec"]["template"]["spec"]["topologySpreadConstraints"]:
            selected = case.pods_under(constraint["labelSelector"]["matchLabels"])
            check(f"{tier}: it is spread over {constraint['topologyKey']}", selected == {tier}, selected)
        budgets = [b for b in case.of("PodDisruptionBudget") if own_tier(b) == {tier}]
        check(
            f"{tier}: it has a disruption budget of its own, if asked for",
            [case.pods_under(b["spec"]["selector"]["matchLabels"]) for b in budgets]
            == ([{tier}] if case.values[tier]["podDisruptionBudget"]["enabled"] else []),
        )


def check_network(case):
    policies = {p["metadata"]["name"].rsplit("-", 1)[1]: p["spec"] for p in case.of("NetworkPolicy")}
    wanted = set(TIERS) if case.values["networkPolicy"]["enabled"] else set()
    check("each tier has a network policy, if asked for", policies.keys() == wanted, policies.keys())
    for tier, policy in policies.items():
        check(
            f"{tier}: its policy is for its pods, both ways",
            case.pods_under(policy["podSelector"]["matchLabels"]) == {tier}
            and policy["policyTypes"] == ["Ingress", "Egress"],
        )
        ingress = {rule["ports"][0]["port"]: rule.get("from") for rule in policy["ingress"]}
        monitoring = {"kubernetes.io/metadata.name": case.values["networkPolicy"]["monitoringNamespace"]}
        check(
            f"{tier}: its admin port is open to the monitoring namespace alone",
            ingress["admin"] == [{"namespaceSelector": {"matchLabels": monitoring}}]
            and ingress.keys() == {"admin", "http"} - ({"http"} if tier == "worker" else set())
            and all(len(rule["ports"]) == 1 for rule in policy["ingress"]),
        )
        if tier == "web":
            peers = case.values["networkPolicy"]["webFrom"] or None
            check("web: its edge is open to whom the values name", ingress["http"] == peers, ingress["http"])
        ports = {(p["port"], "to" in rule) for rule in policy["egress"] for p in rule["ports"]}
        ports -= {(p["port"], "to" in r) for r in case.values["networkPolicy"]["extraEgress"] for p in r["ports"]}
        expected = {(port, False) for port in case.values["networkPolicy"]["dnsPorts"]}
        expected |= {(port, False) for port in endpoint_ports(case.values, tier)}
        if case.values["aws"]["credentials"] == "podIdentity":
            expected.add((80, True))
        check(f"{tier}: it may call DNS and its endpoints alone", ports == expected, ports)


def endpoint_ports(values, tier):
    aws = values["aws"]
    endpoints = [aws["sqsEndpoint"] or aws["endpoint"]]
    if tier == "worker":
        endpoints.append(aws["s3Endpoint"] or aws["endpoint"])
    if aws["credentials"] == "irsa":
        endpoints.append("")
    endpoints += [url for name, url in values["settings"].items() if name.startswith("OTEL_") and name.endswith("_ENDPOINT")]
    for endpoint in endpoints:
        port = re.match(r"https?://[^/]*:(\d+)", endpoint)
        yield int(port[1]) if port else 80 if endpoint.startswith("http:") else 443


def check_scaling(case):
    for tier, kind in (("web", "HorizontalPodAutoscaler"), ("worker", "ScaledObject")):
        deployment = case.tiers[tier]
        asked = case.values[tier]["autoscaling"]["enabled"]
        targets = [s["spec"]["scaleTargetRef"]["name"] for s in case.of(kind)]
        check(f"{tier}: it is scaled, if asked for", targets == ([deployment["metadata"]["name"]] if asked else []))
        check(
            f"{tier}: the number of replicas has one master",
            deployment["spec"].get("replicas") == (None if asked else case.values[tier]["replicas"]),
        )
    authentications = {a["metadata"]["name"]: a["spec"] for a in case.of("TriggerAuthentication")}
    for scaled in case.of("ScaledObject"):
        queue = scaled["spec"]["triggers"][0]
        data = queue["metadata"]
        aws = case.values["aws"]
        check("the worker is scaled on the queue", queue["type"] == "aws-sqs-queue" and data["queueURL"] != "")
        check("messages in flight are not counted", data["scaleOnInFlight"] == "false", data)
        check("KEDA's values are texts", all(isinstance(v, str) for v in data.values()), data)
        check("KEDA asks the tiers' queue", data.get("awsEndpoint", "") == (aws["sqsEndpoint"] or aws["endpoint"]), data)
        check("KEDA has access to it", queue["authenticationRef"]["name"] in authentications)
        spec = authentications[queue["authenticationRef"]["name"]]
        check("by the kind that the tiers use", ("secretTargetRef" in spec) == (aws["credentials"] == "secret"), spec)


def check_memory(case):
    """The worker's heap, 70 % of its memory by the image, holds what docs/running.md computes from the settings."""
    values = {"MAX_WORKERS": 4, "MAX_QUEUE": 4, "POLLERS": 2, "ROLL_MAX_BYTES": 16 << 20}
    values |= case.values["worker"]["settings"]
    mib = 1 << 20
    need = (4 + values["MAX_QUEUE"] + values["MAX_WORKERS"]) * values["ROLL_MAX_BYTES"] + values["POLLERS"] * 10 * mib
    need += (values["POLLERS"] + values["MAX_WORKERS"]) * 4 * mib if values.get("OBJECT_LAYOUT") == "payload" else 0
    limit = container_of(case.tiers["worker"])["resources"]["limits"]["memory"]
    bytes_of = {"Mi": mib, "Gi": 1024 * mib}
    check("the worker starts with its memory", need <= int(limit[:-2]) * bytes_of[limit[-2:]] * 0.7, f"{need} of {limit}")


def main(settings_path, chart, case_path):
    values = merged(yaml.safe_load(open(f"{chart}/values.yaml")), yaml.safe_load(open(case_path)))
    page = reference_settings(settings_path)
    case = Case([o for o in yaml.safe_load_all(sys.stdin) if o], values)
    check_settings(case, page)
    check_command(case, pathlib.Path(chart).resolve().parents[1])
    check_stopping(case)
    check_ports(case)
    check_security(case)
    check_selectors(case)
    check_network(case)
    check_scaling(case)
    check_memory(case)
    monitoring.check_monitoring(case, pathlib.Path(chart).resolve().parents[1])


def merged(below, above):
    if isinstance(below, dict) and isinstance(above, dict):
        return {k: merged(below.get(k, above.get(k)), above.get(k, below.get(k))) for k in {**below, **above}}
    return above


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.exit(exit_status())
