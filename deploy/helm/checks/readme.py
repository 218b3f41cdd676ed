"""The chart's settings are those of the README's tables:

  readme.py README.md CHART

Nothing is rendered and nothing but Python is needed; with PyYAML the defaults in the values are compared, too.
"""

import json
import re
import sys

from outcome import check, exit_status, skip

TIERS = ("web", "worker")
CHOSEN = {"LOG_FORMAT": "json"}


def readme_settings(path):
    """Of each tier: name to (default, allowed)."""
    section = open(path, encoding="utf-8").read().split("\n## Settings\n")[1].split("\n## ")[0]
    parts = re.split(r"\n### (?:Web tier|Worker)\n", section)[1:]
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


def check_readme(readme, chart):
    schema = json.load(open(f"{chart}/values.schema.json", encoding="utf-8"))
    both = schema["properties"]["settings"]["properties"]
    for tier, settings in readme_settings(readme).items():
        own = schema["properties"][tier]["properties"]["settings"]
        given = both | own["properties"]
        check(f"the README has settings of {tier}", len(settings) > 10, len(settings))
        check(f"the schema has the settings of {tier}", given.keys() == settings.keys(), given.keys() ^ settings.keys())
        check(
            f"unknown settings of {tier} are refused",
            not own["additionalProperties"] and not schema["properties"]["settings"]["additionalProperties"],
        )
        for name in given.keys() & settings.keys():
            allowed = settings[name][1]
            if not fits(allowed, given[name], schema["definitions"]):
                check(f"the schema allows for {name} what the README does", False, f"{given[name]}, not {allowed}")


def check_defaults(readme, chart):
    """What the values give without being asked is what the tiers take by themselves, but for what collectors of logs read."""
    try:
        import yaml
    except ImportError:
        skip("the defaults in the values: there is no PyYAML")
        return

    values = yaml.safe_load(open(f"{chart}/values.yaml"))
    for tier, settings in readme_settings(readme).items():
        given = {**values["settings"], **values[tier]["settings"]}
        other = {n: v for n, v in given.items() if str(v) != CHOSEN.get(n, settings[n][0])}
        check(f"the values of {tier} are the README's defaults", not other, other)


if __name__ == "__main__":
    check_readme(*sys.argv[1:])
    check_defaults(*sys.argv[1:])
    sys.exit(exit_status())
