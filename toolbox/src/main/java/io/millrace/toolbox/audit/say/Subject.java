package io.millrace.toolbox.audit.say;

import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.bucket.BucketLayout;

/**
 * What is audited.
 *
 * @param bucket its name
 * @param prefix what its keys begin with; empty or ending in /
 * @param layout how payloads lie in it
 * @param scope what is judged
 */
public record Subject(String bucket, String prefix, BucketLayout layout, Scope scope) {}
