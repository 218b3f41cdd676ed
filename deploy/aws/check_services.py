"""Holds services.yaml to what it repeats from elsewhere: README, Dockerfiles, the edge."""

import re

from checks import ROOT, equal, readme_rows, template, true

SDK_SETTINGS = {"AWS_REGION"}


def main():
    resources = template("services.yaml")
    for tier, task in (("web", "WebTask"), ("worker", "WorkerTask")):
        check_tier(tier, resources[task]["Properties"]["ContainerDefinitions"][0])
    web = environment(resources["WebTask"]["Properties"]["ContainerDefinitions"][0])
    check_balancer(resources, web)


def environment(container):
    return {pair["Name"]: pair["Value"] for pair in container["Environment"]}


def check_tier(tier, container):
    settings = environment(container)
    known = {row[0].strip("`"): row[1] for row in readme_rows("### Web tier" if tier == "web" else "### Worker")}
    unknown = settings.keys() - known.keys() - SDK_SETTINGS
    true(f"{tier}: settings are those of the README", not unknown, f"unknown: {unknown}")
    defaults = {name: value for name, value in settings.items() if isinstance(value, str)}
    equal(f"{tier}: fixed settings are the defaults", defaults, {name: known[name] for name in defaults})

    dockerfile = (ROOT / "deploy" / f"{tier}.Dockerfile").read_text()
    health = re.search(r"^HEALTHCHECK .*?CMD \[(.*)]$", dockerfile, re.MULTILINE).group(1)
    equal(
        f"{tier}: the health check is the image's",
        container["HealthCheck"]["Command"],
        ["CMD", *re.findall(r'"([^"]*)"', health)],
    )
    user = re.search(r"^USER (.*)$", dockerfile, re.MULTILINE).group(1)
    equal(f"{tier}: the user is the image's", container["User"], user)
    ports = {str(port["ContainerPort"]) for port in container["PortMappings"]}
    equal(f"{tier}: ports", ports, {settings[name] for name in ("PORT", "ADMIN_PORT") if name in settings})
    least = longest_stop_seconds(settings)
    true(f"{tier}: StopTimeout", least < container["StopTimeout"] <= 120, f"must be above {least} s, at most 120")


def longest_stop_seconds(settings):
    """README, "Running the tiers against AWS"."""
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


main()
