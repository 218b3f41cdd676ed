/**
 * SQS and S3 embedded in one process, for development and tests; never in the production images.
 *
 * <p>Threads: the servers bring their own; the command's thread only starts, waits and stops.
 *
 * <p>Neighbours: knows common-model and both tiers; nothing of ours knows it.
 */
@NullMarked
package io.millrace.local;

import org.jspecify.annotations.NullMarked;
