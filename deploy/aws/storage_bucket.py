"""What check_storage.py asks of the bucket.

LocalStack 4.14.0 creates a bucket without most of what its resource in a template says, and shows S3's defaults. So
they are taken away here, what the template says is put by S3's own calls, which check it, and S3 is asked what it has
then.
"""

import json
import re
from email.utils import parsedate_to_datetime

from checks import client, equal, template
from storage_permissions import check_tls_only, write_once


def check(name, bucket, key, lifecycle, once):
    """Lifecycle is the stack's parameters KeyPrefix, DataDays and DeletedDays; once is WriteOnce."""
    put(bucket, properties(key, lifecycle))
    check_access(name, bucket, once)
    check_encryption(name, bucket, key)
    check_lifecycle(name, bucket, lifecycle)
    check_versions(name, bucket, int(lifecycle["DeletedDays"]))


def properties(key, lifecycle):
    """The template's, under these parameters."""
    conditions = {
        "NamedBucket": True,
        "OwnKey": key is not None,
        "DataEnds": lifecycle["DataDays"] != "0",
        "Versioned": lifecycle["DeletedDays"] != "0",
    }
    parameters = {"KmsKeyArn": key} | lifecycle
    return resolved(template("storage.yaml")["Bucket"]["Properties"], conditions, parameters)


def resolved(node, conditions, parameters):
    """The node without conditions and references; what refers to AWS::NoValue is left out."""
    if isinstance(node, dict):
        if "Fn::If" in node:
            condition, then, otherwise = node["Fn::If"]
            return resolved(then if conditions[condition] else otherwise, conditions, parameters)
        if "Ref" in node:
            return parameters.get(node["Ref"])
        if "Fn::Sub" in node:
            return re.sub(r"\$\{(\w+)}", lambda name: parameters[name[1]], node["Fn::Sub"])
        pairs = ((name, resolved(value, conditions, parameters)) for name, value in node.items())
        return {name: value for name, value in pairs if value is not None}
    if isinstance(node, list):
        values = (resolved(value, conditions, parameters) for value in node)
        return [value for value in values if value is not None]
    return node


def put(bucket, told):
    s3 = client("s3")
    s3.delete_public_access_block(Bucket=bucket)
    s3.delete_bucket_ownership_controls(Bucket=bucket)
    s3.put_public_access_block(
        Bucket=bucket,
        PublicAccessBlockConfiguration=told["PublicAccessBlockConfiguration"],
    )
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=told["OwnershipControls"])
    encryption = [encryption_rule(rule) for rule in told["BucketEncryption"]["ServerSideEncryptionConfiguration"]]
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": encryption})
    if "VersioningConfiguration" in told:
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=told["VersioningConfiguration"])
    rules = [lifecycle_rule(rule) for rule in told["LifecycleConfiguration"]["Rules"]]
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})


def encryption_rule(rule):
    """A rule of CloudFormation's in S3's own form."""
    told = {"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"]}
    return told | {name: value for name, value in rule.items() if name == "BucketKeyEnabled"}


def lifecycle_rule(rule):
    """A rule of CloudFormation's in S3's own form."""
    told = {"ID": rule["Id"], "Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if "ExpirationInDays" in rule:
        told["Expiration"] = {"Days": int(rule["ExpirationInDays"])}
    if "ExpiredObjectDeleteMarker" in rule:
        told["Expiration"] = {"ExpiredObjectDeleteMarker": rule["ExpiredObjectDeleteMarker"]}
    if "NoncurrentVersionExpiration" in rule:
        days = int(rule["NoncurrentVersionExpiration"]["NoncurrentDays"])
        told["NoncurrentVersionExpiration"] = {"NoncurrentDays": days}
    if "AbortIncompleteMultipartUpload" in rule:
        told["AbortIncompleteMultipartUpload"] = rule["AbortIncompleteMultipartUpload"]
    return told


def check_access(name, bucket, once):
    s3 = client("s3")
    blocked = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    kinds = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    equal(f"{name}: public access is blocked", blocked, dict.fromkeys(kinds, True))
    owner = s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    equal(f"{name}: no ACLs", owner, [{"ObjectOwnership": "BucketOwnerEnforced"}])
    arn = f"arn:aws:s3:::{bucket}"
    policy = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
    more = [write_once(arn)] if once else []
    check_tls_only(f"{name}, bucket", policy, "s3:*", [arn, f"{arn}/*"], *more)


def check_encryption(name, bucket, key):
    rules = client("s3").get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    expected = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key} if key else {"SSEAlgorithm": "AES256"}
    equal(f"{name}: bucket's encryption", rules[0]["ApplyServerSideEncryptionByDefault"], expected)
    equal(f"{name}: bucket key", rules[0].get("BucketKeyEnabled", False), key is not None)


def check_lifecycle(name, bucket, lifecycle):
    s3 = client("s3")
    days = lifecycle["DataDays"]
    kept = None if days == "0" else (days, "data-and-manifests")
    for key, expected in (
        ("_claims/dt=2026-11-23/hour=09/b-1/000001-x", ("30", "claims")),
        ("_manifests/dt=2026-11-23/hour=09/o.json", kept),
        ("dt=2026-11-23/hour=09/o.ndjson.zst", kept),
    ):
        key = lifecycle["KeyPrefix"] + key
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
        head = s3.head_object(Bucket=bucket, Key=key)
        s3.delete_object(Bucket=bucket, Key=key)
        equal(f"{name}: what ends {key}", ends(head), expected)
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    aborts = [rule["AbortIncompleteMultipartUpload"] for rule in rules if "AbortIncompleteMultipartUpload" in rule]
    equal(f"{name}: incomplete uploads end", aborts, [{"DaysAfterInitiation": 1}])


def check_versions(name, bucket, deleted_days):
    s3 = client("s3")
    status = s3.get_bucket_versioning(Bucket=bucket).get("Status")
    equal(f"{name}: versions", status, "Enabled" if deleted_days else None)
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    ended = [
        (rule["NoncurrentVersionExpiration"]["NoncurrentDays"], rule["Expiration"]["ExpiredObjectDeleteMarker"])
        for rule in rules
        if "NoncurrentVersionExpiration" in rule
    ]
    equal(f"{name}: what was deleted ends", ended, [(deleted_days, True)] if deleted_days else [])


def ends(head):
    """Days and rule that S3 tells for an object; None if it stays."""
    if "Expiration" not in head:
        return None
    date, rule = re.fullmatch(r'expiry-date="(.*)", rule-id="(.*)"', head["Expiration"]).groups()
    # S3 rounds up to the next midnight.
    return str((parsedate_to_datetime(date) - head["LastModified"]).days), rule
