"""Holds services.yaml to what it repeats from elsewhere: docs/reference, Dockerfiles, the edge; and alarms to alerts."""

import re

import yaml
from checks import ROOT, equal, parameters, reference_rows, template, true

SDK_SETTINGS = {"AWS_REGION"}
# In the place of defaults: what CloudWatch Logs can search by field.
CHOSEN = {"LOG_FORMAT": "json"}


def main():
    resources = template("services.yaml")
    for tier, task in (("web", "WebTask"), ("worker", "WorkerTask")):
        check_tier(tier, resources[task]["Properties"])
    web = environment(resources["WebTask"]["Properties"]["ContainerDefinitions"][0])
    check_balancer(resources, web)
    check_scaling(resources)
    check_spot(resources)
    check_alarms(resources | template("storage.yaml"))


def environment(container):
    """What is there under a condition, too."""
    pairs = (pair["Fn::If"][1] if "Fn::If" in pair else pair for pair in container["Environment"])
    return {pair["Name"]: pair["Value"] for pair in pairs}


def check_tier(tier, task):
    container = task["ContainerDefinitions"][0]
    settings = environment(container)
    known = {row[0].strip("`"): row[1] for row in reference_rows("settings.md", "## Web tier" if tier == "web" else "## Worker")}
    unknown = settings.keys() - known.keys() - SDK_SETTINGS
    true(f"{tier}: settings are those of docs/reference", not unknown, f"unknown: {unknown}")
    fixed = {name: value for name, value in settings.items() if isinstance(value, str)}
    defaults = {name: known[name] for name in fixed}
    equal(f"{tier}: fixed settings are the defaults, or chosen", fixed, defaults | CHOSEN)

    dockerfile = (ROOT / "deploy" / f"{tier}.Dockerfile").read_text()
    health = re.search(r"^HEALTHCHECK .*?CMD \[(.*?)]$", dockerfile, re.MULTILINE | re.DOTALL).group(1)
    equal(
        f"{tier}: the health check is the image's",
        container["HealthCheck"]["Command"],
        ["CMD", *re.findall(r'"([^"]*)"', health)],
    )
    entry = re.findall(r'"([^"]*)"', re.search(r"^ENTRYPOINT \[(.*?)]$", dockerfile, re.M | re.S).group(1))
    options = [option for option in container["EntryPoint"] if "Fn::FindInMap" not in option]
    equal(f"{tier}: the entry point is the image's", options, entry)
    user = re.search(r"^USER (.*)$", dockerfile, re.MULTILINE).group(1)
    equal(f"{tier}: the user is the image's", container["User"], user)
    memory = container["Memory"]
    equal(f"{tier}: the container's memory is the task's", memory, task["Memory"])
    ports = {str(port["ContainerPort"]) for port in container["PortMappings"]}
    equal(f"{tier}: ports", ports, {settings[name] for name in ("PORT", "ADMIN_PORT") if name in settings})
    least = longest_stop_seconds(settings)
    true(f"{tier}: StopTimeout", least < container["StopTimeout"] <= 120, f"must be above {least} s, at most 120")


def longest_stop_seconds(settings):
    """docs/running.md: "Before it is killed give the web tier …"."""
    if "PUT_TIMEOUT_MS" in settings:
        return int(settings["PUT_TIMEOUT_MS"]) / 1000 + 15
    return (int(settings["DRAIN_DELAY_MS"]) + 2 * int(settings["ACK_TIMEOUT_MS"])) / 1000 + 5


def check_balancer(resources, web):
    idle = attribute(resources["Balancer"]["Properties"]["LoadBalancerAttributes"], "idle_timeout.timeout_seconds")
    source = ROOT / "ingest-web/src/main/java/io/millrace/web/http/JettySetup.java"
    edge = int(re.search(r"IDLE_TIMEOUT = Duration.ofSeconds\((\d+)\)", source.read_text()).group(1))
    true("balancer: idle timeout", idle < edge, f"must be below the edge's {edge} s, but is {idle}")
    targets = resources["WebTargets"]["Properties"]
    delay = attribute(targets["TargetGroupAttributes"], "deregistration_delay.timeout_seconds")
    least = (int(web["DRAIN_DELAY_MS"]) + int(web["ACK_TIMEOUT_MS"])) / 1000
    true("balancer: deregistration delay", delay >= least, f"must be at least {least} s, but is {delay}")
    equal("balancer: port of the targets", str(targets["Port"]), web["PORT"])


def attribute(pairs, key):
    return next(int(pair["Value"]) for pair in pairs if pair["Key"] == key)


def check_scaling(resources):
    """By CPU besides: a tier that keeps up looks idle by what waits for it."""
    for tier, target in (("web", "WebScaling"), ("worker", "WorkerScaling")):
        policies = {
            resource["Properties"]["PolicyName"]: resource["Properties"]["TargetTrackingScalingPolicyConfiguration"]
            for resource in resources.values()
            if resource["Properties"].get("ScalingTargetId") == {"Ref": target}
        }
        equal(f"{tier}: scaled by", set(policies), {"cpu", "requests" if tier == "web" else "backlog"})
        predefined = {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}
        equal(f"{tier}: by its CPU", policies["cpu"]["PredefinedMetricSpecification"], predefined)


def check_spot(resources):
    """The fewest tasks, which have to live, are never on Spot; and what was chosen before stays as it was."""
    for tier in ("Web", "Worker"):
        service = resources[f"{tier}Service"]["Properties"]
        condition, spot, none = service["CapacityProviderStrategy"]["Fn::If"]
        base = next(provider for provider in spot if provider["CapacityProvider"] == "FARGATE")["Base"]
        equal(f"{tier}: on Spot only beyond the fewest", (condition, base), (f"{tier}OnSpot", {"Ref": f"{tier}MinTasks"}))
        equal(f"{tier}: without Spot as ever", service["LaunchType"]["Fn::If"], [condition, none, "FARGATE"])


def check_alarms(resources):
    """Each is named after its section of the runbook, and rings where the alert of that name does."""
    alarms = {name: r["Properties"] for name, r in resources.items() if r["Type"] == "AWS::CloudWatch::Alarm"}
    headings = re.findall(r"^### (.*)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    for alarm in alarms.values():
        name = alarm["AlarmName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
        described = f'section "{name}"' in alarm["AlarmDescription"]
        true(f"alarm {name}: its section of the runbook", described and name in headings, alarm["AlarmDescription"])
    groups = yaml.safe_load((ROOT / "deploy/prometheus/rules/alerts.yml").read_text())["groups"]
    alerts = {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}
    for name, rings, unit in (
        ("MillraceQueueAge", parameters("storage.yaml")["OldestMessageSeconds"]["Default"], 1),
        ("MillraceInFlight", alarms["InFlightAlarm"]["Threshold"], 1),
        ("MillraceWebErrors", parameters("services.yaml")["ErrorPercent"]["Default"], 100),
    ):
        threshold = float(re.search(r"> ([\d.]+)\s*$", alerts[name]).group(1)) * unit
        equal(f"alarm {name}: rings where the alert does", float(rings), threshold)


main()
