"""Creates storage.yaml in the LocalStack at AWS_ENDPOINT_URL and looks at what came of it.

The stack "plain" has the parameters' defaults and stays, for the tiers; "strict" has a key and lifecycle of its own.
"""

import json
import re
from email.utils import parsedate_to_datetime

import boto3
from botocore.config import Config

from checks import HERE, equal, readme_rows, template, true

DAY = 86_400
CONFIG = Config(connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 1})


def main():
    key = client("kms").create_key()["KeyMetadata"]["Arn"]
    plain = create("plain", {})
    strict = create(
        "strict",
        {
            "QueueName": "strict",
            "BucketName": "strict-telemetry",
            "KmsKeyArn": key,
            "DataDays": "400",
            "AlarmTopicArn": "arn:aws:sns:us-east-1:000000000000:alarms",
        },
    )
    check_queues("plain", plain, None)
    check_queues("strict", strict, key)
    check_bucket("plain", plain, None)
    check_bucket("strict", strict, key)
    check_lifecycle("plain", plain, data_days=None)
    check_lifecycle("strict", strict, data_days="400")
    check_permissions("plain", plain, None)
    check_permissions("strict", strict, key)
    check_alarms("plain", plain, [])
    check_alarms("strict", strict, ["arn:aws:sns:us-east-1:000000000000:alarms"])
    client("cloudformation").delete_stack(StackName="strict")


def client(service):
    return boto3.client(service, config=CONFIG)


def create(name, parameters):
    """The outputs of the new stack, and its resources' own names by their logical ones."""
    formation = client("cloudformation")
    formation.create_stack(
        StackName=name,
        TemplateBody=(HERE / "storage.yaml").read_text(),
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    formation.get_waiter("stack_create_complete").wait(
        StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )
    outputs = formation.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
    resources = formation.describe_stack_resources(StackName=name)["StackResources"]
    return {o["OutputKey"]: o["OutputValue"] for o in outputs} | {
        r["LogicalResourceId"]: r["PhysicalResourceId"] for r in resources
    }


def check_queues(name, stack, key):
    sqs = client("sqs")
    queue = sqs.get_queue_attributes(QueueUrl=stack["QueueUrl"], AttributeNames=["All"])["Attributes"]
    dead = sqs.get_queue_attributes(QueueUrl=stack["DeadLetterQueueUrl"], AttributeNames=["All"])["Attributes"]
    equal(f"{name}: the dead-letter queue's name", dead["QueueArn"], queue["QueueArn"] + "-dlq")
    equal(
        f"{name}: redrive only as a net",
        json.loads(queue["RedrivePolicy"]),
        {"deadLetterTargetArn": dead["QueueArn"], "maxReceiveCount": 1000},
    )
    equal(
        f"{name}: dead letters of this queue only",
        json.loads(dead["RedriveAllowPolicy"]),
        {"redrivePermission": "byQueue", "sourceQueueArns": [queue["QueueArn"]]},
    )
    lives = int(queue["MessageRetentionPeriod"]) + int(dead["MessageRetentionPeriod"])
    equal(f"{name}: days that a message may live", lives / DAY, 28)
    for which, attributes in (("queue", queue), ("dead letters", dead)):
        equal(f"{name}, {which}: message size", attributes["MaximumMessageSize"], "1048576")
        equal(f"{name}, {which}: key", attributes.get("KmsMasterKeyId"), key)
        sse = attributes.get("SqsManagedSseEnabled") == "true"
        true(f"{name}, {which}: encrypted", sse or key is not None, "neither SSE-SQS nor a key")
        policy = json.loads(attributes["Policy"])
        check_tls_only(f"{name}, {which}", policy, "sqs:*", attributes["QueueArn"])


def check_tls_only(name, policy, action, resource):
    expected = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    equal(f"{name}: TLS only", policy["Statement"], [expected])


def check_bucket(name, stack, key):
    s3, bucket = client("s3"), stack["BucketName"]
    blocked = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    equal(
        f"{name}: public access is blocked",
        blocked,
        dict.fromkeys(("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True),
    )
    owner = s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    equal(f"{name}: no ACLs", owner, [{"ObjectOwnership": "BucketOwnerEnforced"}])
    rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    expected = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key} if key else {"SSEAlgorithm": "AES256"}
    equal(f"{name}: bucket's encryption", rule["ApplyServerSideEncryptionByDefault"], expected)
    equal(f"{name}: bucket key", rule["BucketKeyEnabled"], key is not None)
    arn = f"arn:aws:s3:::{bucket}"
    policy = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
    check_tls_only(f"{name}, bucket", policy, "s3:*", [arn, f"{arn}/*"])


def check_lifecycle(name, stack, data_days):
    """LocalStack 4.14.0 leaves LifecycleConfiguration out of a bucket, so the template's rules are put by S3's own
    call. Which rule ends an object is then S3's answer to a HEAD."""
    s3, bucket = client("s3"), stack["BucketName"]
    rules = template("storage.yaml")["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    s3.put_bucket_lifecycle_configuration(
        Bucket=bucket,
        LifecycleConfiguration={"Rules": [r for r in (s3_rule(rule, data_days) for rule in rules) if r]},
    )
    kept = (data_days, "data-and-manifests") if data_days else None
    for key, expected in (
        ("_claims/dt=2026-11-23/hour=09/b-1/000001-x", ("30", "claims")),
        ("_manifests/dt=2026-11-23/hour=09/o.json", kept),
        ("dt=2026-11-23/hour=09/o.ndjson.zst", kept),
    ):
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
        head = s3.head_object(Bucket=bucket, Key=key)
        s3.delete_object(Bucket=bucket, Key=key)
        equal(f"{name}: what ends {key.split('/')[0]}", ends(head), expected)


def s3_rule(rule, data_days):
    """A rule of CloudFormation's in S3's own form, or None if its condition does not hold."""
    if "Fn::If" in rule:
        return s3_rule(rule["Fn::If"][1], data_days) if data_days else None
    told = {"ID": rule["Id"], "Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if "AbortIncompleteMultipartUpload" in rule:
        return told | {"AbortIncompleteMultipartUpload": dict(rule["AbortIncompleteMultipartUpload"])}
    days = rule["ExpirationInDays"]
    return told | {"Expiration": {"Days": int(data_days if isinstance(days, dict) else days)}}


def ends(head):
    """Days and rule that S3 tells for an object; None if it stays."""
    if "Expiration" not in head:
        return None
    date, rule = re.fullmatch(r'expiry-date="(.*)", rule-id="(.*)"', head["Expiration"]).groups()
    # S3 rounds up to the next midnight.
    return str((parsedate_to_datetime(date) - head["LastModified"]).days), rule


def check_permissions(name, stack, key):
    """Exactly the README's table, and the key's use."""
    iam = client("iam")
    queue = f"arn:aws:sqs:us-east-1:000000000000:{stack['QueueName']}"
    bucket = f"arn:aws:s3:::{stack['BucketName']}"
    places = {
        "the queue": queue,
        "the dead-letter queue": f"{queue}-dlq",
        "the bucket": bucket,
        "its objects": f"{bucket}/*",
    }
    both, read = {"kms:GenerateDataKey", "kms:Decrypt"}, {"kms:Decrypt"}
    for tier, policy in (("web", "WebRole"), ("worker", "WorkerRole")):
        document = iam.get_role_policy(RoleName=stack[policy], PolicyName=tier)["PolicyDocument"]
        expected = told(places, {tier}) | {(action, key) for action in both if key}
        equal(f"{name}: what the {tier} may do", granted(document), expected)
        trusted = iam.get_role(RoleName=stack[policy])["Role"]["AssumeRolePolicyDocument"]["Statement"]
        service = [statement["Principal"] for statement in trusted]
        equal(f"{name}: who may be the {tier}", service, [{"Service": "ecs-tasks.amazonaws.com"}])
    audit = granted(managed(iam, stack["AuditPolicyArn"]))
    expected = told(places, {"cat", "find", "audit"}) | {(action, key) for action in read if key}
    equal(f"{name}: what auditors may do", audit, expected)
    every = audit | granted(managed(iam, stack["RedrivePolicyArn"]))
    expected = told(places, {"cat", "find", "audit", "redrive", "redrive send"})
    expected |= {(action, key) for action in both if key}
    equal(f"{name}: what operators may do", every, expected)


def told(places, who):
    """Pairs of action and resource, from the rows of the README's table about these users."""
    pairs = set()
    for users, actions, on in readme_rows("## Running the tiers against AWS"):
        if who & {user.strip("`") for user in users.split(", ")}:
            # What is behind a semicolon goes with settings that this bucket refuses.
            names = re.findall(r"`(\w+:\w+)`", actions.split(";")[0])
            pairs |= {(name, places[place]) for name in names for place in on.split(", ") if fits(name, place)}
    return pairs


def fits(action, place):
    """A row may name the bucket and its objects at once, each for its own actions."""
    return not action.startswith("s3:") or (action == "s3:ListBucket") == (place == "the bucket")


def managed(iam, arn):
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    return iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]


def granted(document):
    pairs = set()
    for statement in document["Statement"]:
        assert statement["Effect"] == "Allow", statement
        actions, resource = statement["Action"], statement["Resource"]
        pairs |= {(action, resource) for action in ([actions] if isinstance(actions, str) else actions)}
    return pairs


def check_alarms(name, stack, topics):
    names = [stack["OldestMessageAlarm"], stack["DeadLettersAlarm"]]
    alarms = client("cloudwatch").describe_alarms(AlarmNames=names)["MetricAlarms"]
    watched = {(alarm["MetricName"], alarm["Dimensions"][0]["Value"]): alarm["AlarmActions"] for alarm in alarms}
    expected = {
        ("ApproximateAgeOfOldestMessage", stack["QueueName"]): topics,
        ("ApproximateNumberOfMessagesVisible", f"{stack['QueueName']}-dlq"): topics,
    }
    equal(f"{name}: alarms", watched, expected)


main()
