/**
 * Calls to S3 as both sides of the worker make them: behind one gate, with waits after failures.
 *
 * <p>All of it is thread-safe. Neighbours: {@code suspect} and {@code upload} call, S3 answers; the
 * pollers of {@code receive} wait while the gate is closed.
 */
@NullMarked
package io.millrace.worker.store;

import org.jspecify.annotations.NullMarked;
