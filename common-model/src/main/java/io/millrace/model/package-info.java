/**
 * The words of the pipeline as values: writer, batch id, receipt, hour, object keys, manifest.
 *
 * <p>Immutable, safe to share between threads. Knows no tier and no SDK.
 */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
