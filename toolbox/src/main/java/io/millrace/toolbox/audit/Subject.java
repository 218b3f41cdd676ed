package io.millrace.toolbox.audit;

import io.millrace.toolbox.bucket.Layout;

/**
 * What is audited.
 *
 * @param bucket its name
 * @param prefix what its keys begin with; empty or ending in /
 * @param layout how payloads lie in it
 * @param scope what is judged
 */
record Subject(String bucket, String prefix, Layout layout, Scope scope) {}
