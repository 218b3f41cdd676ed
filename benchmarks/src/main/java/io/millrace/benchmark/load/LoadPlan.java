package io.millrace.benchmark.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a load generator is to do.
 *
 * @param targets servers, which share the connections evenly
 * @param connections in all, at least one for each lane
 * @param lanes threads
 * @param perSecond requests a second; 0 for a closed loop: as fast as the connections allow
 * @param warmUp before anything is measured
 * @param measured time that is measured
 */
public record LoadPlan(
    List<InetSocketAddress> targets,
    int connections,
    int lanes,
    double perSecond,
    Duration warmUp,
    Duration measured) {}
