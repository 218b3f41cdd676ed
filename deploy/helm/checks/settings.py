"""The chart's settings are those of the tables in docs/reference/settings.md:

  settings.py SETTINGS.md CHART

Nothing is rendered and nothing but Python is needed; with PyYAML the defaults in the values are compared, too.
"""

import json
import re
import sys

from outcome import check, exit_status, skip

TIERS = ("web", "worker")
CHOSEN = {"LOG_FORMAT": "json"}


def reference_settings(path):
    """Of each tier: name to (default, allowed)."""
    parts = re.split(r"\n## (?:Web tier|Worker)\n", open(path, encoding="utf-8").read())[1:]
    rows = [re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|", part, re.M) for part in parts]
    return {tier: {name: rest for name, *rest in found} for tier, found in zip(TIERS, rows)}


def fits(allowed, schema, definitions):
    """Whether a schema has the range, or the words, of a table's column "allowed"."""
    if schema == {"$ref": "#/definitions/port"}:
        return (allowed, definitions["port"]["minimum"], definitions["port"]["maximum"]) == ("0 to 65535", 1, 65535)
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rsplit("/", 1)[1]]
    if numbers := re.match(r"(\d+) to (?:(\d+)\b|half the heap)(?! of| characters)", allowed):
        most = int(numbers[2]) if numbers[2] else None
        seen = (schema.get("type") in ("integer", "number"), schema.get("minimum"), schema.get("maximum"))
        return seen == (True, int(numbers[1]), most)
    if allowed == "true or false":
        return schema == {"type": "boolean"}
    if words := schema.get("enum"):
        return words == re.split(r", | or ", allowed)
    return schema.get("type") == "string" and "pattern" in schema


def check_settings(page, chart):
    schema = json.load(open(f"{chart}/values.schema.json", encoding="utf-8"))
    both = schema["properties"]["settings"]["properties"]
    for tier, settings in reference_settings(page).items():
        own = schema["properties"][tier]["properties"]["settings"]
        given = both | own["properties"]
        check(f"the page has settings of {tier}", len(settings) > 10, len(settings))
        check(f"the schema has the settings of {tier}", given.keys() == settings.keys(), given.keys() ^ settings.keys())
        check(
            f"unknown settings of {tier} are refused",
            not own["additionalProperties"] and not schema["properties"]["settings"]["additionalProperties"],
        )
        for name in given.keys() & settings.keys():
            allowed = settings[name][1]
            if not fits(allowed, given[name], schema["definitions"]):
                check(f"the schema allows for {name} what the page does", False, f"{given[name]}, not {allowed}")


def check_defaults(page, chart):
    """What the values give without being asked is what the tiers take by themselves, but for what collectors of logs read."""
    try:
        import yaml
    except ImportError:
        skip("the defaults in the values: there is no PyYAML")
        return

    values = yaml.safe_load(open(f"{chart}/values.yaml"))
    for tier, settings in reference_settings(page).items():
        given = {**values["settings"], **values[tier]["settings"]}
        other = {n: v for n, v in given.items() if str(v) != CHOSEN.get(n, settings[n][0])}
        check(f"the values of {tier} are the page's defaults", not other, other)


if __name__ == "__main__":
    check_settings(*sys.argv[1:])
    check_defaults(*sys.argv[1:])
    sys.exit(exit_status())
