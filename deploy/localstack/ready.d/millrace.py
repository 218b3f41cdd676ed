# Run by LocalStack once it is ready: the queues, the bucket and its lifecycle rule, as deploy/ has them for AWS.
import json

import boto3

AWS = dict(
    endpoint_url="http://127.0.0.1:4566",
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
QUEUE = "millrace"
BUCKET = "telemetry"
# SQS's longest retention and largest message. The queue's own redrive is a net far above the worker's MAX_RECEIVES.
ATTRIBUTES = {"MessageRetentionPeriod": str(14 * 24 * 3600), "MaximumMessageSize": str(1024 * 1024)}
NET_RECEIVES = 1000
# A message lives 14 days, and as a dead letter 14 more; while it may come again its claims are needed.
CLAIM_DAYS = 30

sqs = boto3.client("sqs", **AWS)
dead_letters = sqs.create_queue(QueueName=QUEUE + "-dlq", Attributes=ATTRIBUTES)["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": NET_RECEIVES})
sqs.create_queue(QueueName=QUEUE, Attributes={**ATTRIBUTES, "RedrivePolicy": redrive})

s3 = boto3.client("s3", **AWS)
s3.create_bucket(Bucket=BUCKET)
s3.put_bucket_lifecycle_configuration(
    Bucket=BUCKET,
    LifecycleConfiguration={
        "Rules": [
            {
                "ID": "claims",
                "Filter": {"Prefix": "_claims/"},
                "Status": "Enabled",
                "Expiration": {"Days": CLAIM_DAYS},
            }
        ]
    },
)
