/**
 * The web tier: collections in over HTTP, messages out to SQS, a 202 once SQS has them.
 *
 * <p>{@link io.millrace.web.WebTier} wires the stages {@code http}, {@code parse}, {@code batch}
 * and {@code send}, and closes them in that order. Jetty's threads go as far as {@code batch}; the
 * sender's take over there.
 */
@NullMarked
package io.millrace.web;

import org.jspecify.annotations.NullMarked;
