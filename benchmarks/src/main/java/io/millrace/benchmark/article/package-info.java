/**
 * The designs of the article, written anew: how a web process hands payloads to its uploaders. All
 * have the same edge, which answers before anything is stored, and the same store, with one PUT a
 * payload.
 *
 * <p>Each runs as a process of its own, and is killed at its run's end. Threads: Jetty's, and those
 * of the design. Neighbours: {@code process} starts it, {@code scenario} loads it.
 */
@NullMarked
package io.millrace.benchmark.article;

import org.jspecify.annotations.NullMarked;
