package io.millrace.local;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@code local} was asked for, checked. Ports of 0 mean any free one.
 *
 * @param dataDir folder of the objects and of a durable queue
 * @param sqsPort port of the embedded queue
 * @param s3Port port of the embedded store
 * @param address at which the web tier and both admin ports are listened on
 * @param port port of the web tier
 * @param durableQueue whether the queue is on disk
 * @param rollMaxAge how long the worker lets an object grow; above zero
 * @param runFor when to stop, counted from being ready; above zero, null for never
 */
record LocalSettings(
    Path dataDir,
    int sqsPort,
    int s3Port,
    String address,
    int port,
    boolean durableQueue,
    Duration rollMaxAge,
    @Nullable Duration runFor) {}
