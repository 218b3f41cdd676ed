"""What check_storage.py asks of roles and policies: exactly the table of docs/reference/iam.md, and the key's use."""

import re

from checks import client, equal, reference_rows


def check(name, stack, key):
    queue = f"arn:aws:sqs:us-east-1:000000000000:{stack['QueueName']}"
    bucket = f"arn:aws:s3:::{stack['BucketName']}"
    places = {
        "the queue": queue,
        "the dead-letter queue": f"{queue}-dlq",
        "the bucket": bucket,
        "its objects": f"{bucket}/*",
    }
    read = {("kms:Decrypt", key)} if key else set()
    write = read | {("kms:GenerateDataKey", key)} if key else set()
    for tier in ("web", "worker"):
        check_role(name, stack[f"{tier.capitalize()}Role"], tier, stack[f"{tier.capitalize()}PolicyArn"])
        may = granted(managed(stack[f"{tier.capitalize()}PolicyArn"]))
        equal(f"{name}: what the {tier} may do", may, told(places, {tier}) | write)
    audit = granted(managed(stack["AuditPolicyArn"]))
    equal(f"{name}: what auditors may do", audit, told(places, {"cat", "find", "audit"}) | read)
    every = audit | granted(managed(stack["RedrivePolicyArn"]))
    users = {"cat", "find", "audit", "redrive", "redrive send"}
    equal(f"{name}: what operators may do", every, told(places, users) | write)


def check_role(name, role, tier, policy):
    iam = client("iam")
    attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    own = iam.list_role_policies(RoleName=role)["PolicyNames"]
    equal(f"{name}: the {tier}'s role has its policy alone", ([p["PolicyArn"] for p in attached], own), ([policy], []))
    trusted = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"]
    principals = [statement["Principal"] for statement in trusted]
    equal(f"{name}: who may be the {tier}", principals, [{"Service": "ecs-tasks.amazonaws.com"}])


def check_tls_only(name, policy, action, resource, *more):
    """More are the statements that the policy has beside."""
    expected = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    equal(f"{name}: TLS only", policy["Statement"], [expected, *more])


def known_senders_only(queue, senders):
    """The statement that keeps everybody else from the queue."""
    return {
        "Sid": "KnownSendersOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": senders}},
    }


def write_once(bucket):
    """The statement that refuses what could overwrite."""
    return {
        "Sid": "WriteOnce",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:PutObject",
        "Resource": f"{bucket}/*",
        "Condition": {"Null": {"s3:if-none-match": "true"}},
    }


def told(places, who):
    """Pairs of action and resource, from the rows of docs/reference/iam.md about these users."""
    pairs = set()
    for users, actions, on in reference_rows("iam.md", "# IAM actions"):
        if who & {user.strip("`") for user in users.split(", ")}:
            # What is behind a semicolon goes with settings that this bucket refuses.
            names = re.findall(r"`(\w+:\w+)`", actions.split(";")[0])
            pairs |= {(name, places[place]) for name in names for place in on.split(", ") if fits(name, place)}
    return pairs


def fits(action, place):
    """A row may name the bucket and its objects at once, each for its own actions."""
    return not action.startswith("s3:") or (action == "s3:ListBucket") == (place == "the bucket")


def managed(arn):
    iam = client("iam")
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    return iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]


def granted(document):
    """Pairs of action and resource."""
    pairs = set()
    for statement in document["Statement"]:
        if statement["Effect"] != "Allow":
            raise ValueError(f"only what is allowed is read here, not {statement}")
        actions, resource = statement["Action"], statement["Resource"]
        pairs |= {(action, resource) for action in ([actions] if isinstance(actions, str) else actions)}
    return pairs
