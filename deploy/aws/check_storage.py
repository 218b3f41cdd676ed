"""Creates storage.yaml in the LocalStack at AWS_ENDPOINT_URL and looks at what came of it.

The stack "plain" has the parameters' defaults and stays, for the tiers; "strict" has a key, a prefix and a lifecycle of
its own.
"""

import json

import storage_bucket
import storage_permissions
from checks import HERE, client, equal, true

DAY = 86_400
TOPIC = "arn:aws:sns:us-east-1:000000000000:alarms"
OPERATORS = ["arn:aws:iam::000000000000:role/operators", "arn:aws:iam::000000000000:role/aws-reserved/*/sso"]


def main():
    key = client("kms").create_key()["KeyMetadata"]["Arn"]
    lifecycle = {"KeyPrefix": "a/b/", "DataDays": "400", "DeletedDays": "7"}
    own = {"QueueName": "strict", "BucketName": "strict-telemetry", "KmsKeyArn": key, "AlarmTopicArn": TOPIC}
    check("plain", create("plain", {}), None, {"KeyPrefix": "", "DataDays": "0", "DeletedDays": "0"}, [])
    who = {"SenderArns": ",".join(OPERATORS), "WriteOnce": "false"}
    check("strict", create("strict", own | lifecycle | who), key, lifecycle, [TOPIC], OPERATORS, False)
    client("cloudformation").delete_stack(StackName="strict")


def create(name, parameters):
    """The new stack's outputs, and its resources' own names by their logical ones."""
    formation = client("cloudformation")
    formation.create_stack(
        StackName=name,
        TemplateBody=(HERE / "storage.yaml").read_text(),
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    created = formation.get_waiter("stack_create_complete")
    created.wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    outputs = formation.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
    resources = formation.describe_stack_resources(StackName=name)["StackResources"]
    return {o["OutputKey"]: o["OutputValue"] for o in outputs} | {
        r["LogicalResourceId"]: r["PhysicalResourceId"] for r in resources
    }


def check(name, stack, key, lifecycle, topics, senders=(), once=True):
    check_queues(name, stack, key, [stack["WebRoleArn"], *senders])
    storage_bucket.check(name, stack["BucketName"], key, lifecycle, once)
    storage_permissions.check(name, stack, key)
    check_alarms(name, stack, topics)


def check_queues(name, stack, key, senders):
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
        arn = attributes["QueueArn"]
        more = [storage_permissions.known_senders_only(arn, senders)] if which == "queue" else []
        storage_permissions.check_tls_only(f"{name}, {which}", policy, "sqs:*", arn, *more)


def check_alarms(name, stack, topics):
    names = [f"{name}-MillraceQueueAge", f"{name}-MillraceDeadLetters", f"{name}-MillraceInFlight"]
    alarms = client("cloudwatch").describe_alarms(AlarmNames=names)["MetricAlarms"]
    watched = {(alarm["MetricName"], alarm["Dimensions"][0]["Value"]): alarm["AlarmActions"] for alarm in alarms}
    expected = {
        ("ApproximateAgeOfOldestMessage", stack["QueueName"]): topics,
        ("ApproximateNumberOfMessagesVisible", f"{stack['QueueName']}-dlq"): topics,
        ("ApproximateNumberOfMessagesNotVisible", stack["QueueName"]): topics,
    }
    equal(f"{name}: alarms", watched, expected)


main()
