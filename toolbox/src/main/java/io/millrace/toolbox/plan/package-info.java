/**
 * How many instances, calls and dollars a rate takes: inputs, one class for each part of the
 * pipeline, report.
 *
 * <p>Pure calculation on the caller's thread; only the files of prices and of a bench result are
 * read. Neighbours: none, no service is asked.
 */
@NullMarked
package io.millrace.toolbox.plan;

import org.jspecify.annotations.NullMarked;
