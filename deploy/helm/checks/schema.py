"""Rendered objects, from standard input, have no fields but those of Kubernetes' own schemas, of their types:

  schema.py VERSION [CUSTOM-RESOURCE-DEFINITION…]

Needs PyYAML and kubernetes-validate.
"""

import sys

import jsonschema
import kubernetes_validate
import yaml
from outcome import check, exit_status, skip


def strict(schema):
    """A definition's schema that refuses unknown fields, as the API server's strict validation does."""
    if isinstance(schema, list):
        return [strict(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and not schema.get("x-kubernetes-preserve-unknown-fields"):
        made.setdefault("additionalProperties", False)
    return made


def custom_schemas(paths):
    schemas = {}
    for path in paths:
        definition = yaml.safe_load(open(path))["spec"]
        for version in definition["versions"]:
            key = (f"{definition['group']}/{version['name']}", definition["names"]["kind"])
            schemas[key] = strict(version["schema"]["openAPIV3Schema"])
    return schemas


def main(version, *definitions):
    custom = custom_schemas(definitions)
    for o in filter(None, yaml.safe_load_all(sys.stdin)):
        name = f"{o['kind']} {o['metadata']['name']}"
        try:
            if schema := custom.get((o["apiVersion"], o["kind"])):
                jsonschema.Draft202012Validator(schema).validate(o)
            else:
                kubernetes_validate.validate(o, version, strict=True)
            check(f"{name} fits its schema", True)
        except (jsonschema.ValidationError, kubernetes_validate.ValidationError) as e:
            check(f"{name} fits its schema", False, f"{e.json_path} {e.message}")
        except kubernetes_validate.SchemaNotFoundError as e:
            if "k8s.io" in o["apiVersion"] or "." not in o["apiVersion"]:
                check(f"{name} fits its schema", False, e.message)
            else:
                skip(f"{name}: its definition is not there")


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.exit(exit_status())
