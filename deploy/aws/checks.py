"""What the checks of both templates have in common: telling, and reading templates and the pages of docs/reference."""

import re
from pathlib import Path

import boto3
from botocore.config import Config
from cfnlint.decode import cfn_yaml

CONFIG = Config(connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 1})
HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def equal(name, actual, expected):
    true(name, actual == expected, f"expected {expected}, but is {actual}")


def true(name, holds, otherwise):
    """Prints the line that deploy/aws/test counts."""
    print(f"ok   {name}" if holds else f"FAIL {name}: {otherwise}")


def client(service):
    """A client of a service of the LocalStack at AWS_ENDPOINT_URL."""
    return boto3.client(service, config=CONFIG)


def template(name):
    """The template's resources by their logical names, intrinsic functions as {"Fn::…": …}."""
    return cfn_yaml.load(str(HERE / name))["Resources"]


def parameters(name):
    """The template's parameters by their names."""
    return cfn_yaml.load(str(HERE / name))["Parameters"]


def reference_rows(page, heading):
    """The cells of the first table under a heading of a page of docs/reference, without the backticks."""
    section = ("\n" + (ROOT / "docs/reference" / page).read_text()).split(f"\n{heading}\n", 1)[1]
    table = re.search(r"\n\|[^\n]*\n\|[-| ]*\n((?:\|[^\n]*\n)+)", section).group(1)
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in table.strip().split("\n")]
