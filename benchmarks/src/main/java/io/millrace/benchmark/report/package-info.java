/**
 * The figures of a run, what they cost, and their forms: console, JSON and Markdown.
 *
 * <p>No threads. Pure, but for writing the files.
 */
@NullMarked
package io.millrace.benchmark.report;

import org.jspecify.annotations.NullMarked;
