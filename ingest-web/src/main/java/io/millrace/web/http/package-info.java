/**
 * The HTTP edge: routes, admission, reading the body, the answers.
 *
 * <p>Runs on Jetty's threads; answers are written by the sender's. Hands collections to {@code
 * batch}.
 */
@NullMarked
package io.millrace.web.http;

import org.jspecify.annotations.NullMarked;
