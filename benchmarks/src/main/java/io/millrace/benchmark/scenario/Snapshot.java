package io.millrace.benchmark.scenario;

import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.load.LoadGenerator;
import io.millrace.benchmark.process.Part;
import io.millrace.benchmark.process.ProcessUsage;
import io.millrace.benchmark.process.Target;
import io.millrace.benchmark.process.TierMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What has been used and counted up to a moment.
 *
 * @param nanos of the moment
 * @param usage of each part, the load generator's as {@code load}
 */
record Snapshot(
    long nanos, LoadCounts counts, Map<String, ProcessUsage> usage, TierMetrics metrics) {

  static Snapshot take(Target target, LoadGenerator load) throws IOException, InterruptedException {
    Map<String, ProcessUsage> usage = new LinkedHashMap<>();
    for (Part part : target.parts()) {
      usage.merge(part.name(), part.usage(), Snapshot::together);
    }
    usage.put("load", ProcessUsage.own());
    return new Snapshot(System.nanoTime(), load.counts(), usage, target.metrics());
  }

  /** The memory of each part that the system tells of. */
  static Map<String, Long> rss(Target target) {
    Map<String, Long> rss = new LinkedHashMap<>();
    for (Part part : target.parts()) {
      part.usage().rssBytes().ifPresent(bytes -> rss.merge(part.name(), bytes, Math::max));
    }
    return rss;
  }

  /** CPU time of several processes adds up; of their memory the largest counts. */
  private static ProcessUsage together(ProcessUsage one, ProcessUsage other) {
    Duration cpu = one.cpu().plus(other.cpu());
    return new ProcessUsage(
        cpu,
        larger(one, other, ProcessUsage::rssBytes),
        larger(one, other, ProcessUsage::peakRssBytes));
  }

  private static OptionalLong larger(
      ProcessUsage one, ProcessUsage other, Function<ProcessUsage, OptionalLong> figure) {
    OptionalLong first = figure.apply(one);
    OptionalLong second = figure.apply(other);
    return first.isPresent() && second.isPresent()
        ? OptionalLong.of(Math.max(first.getAsLong(), second.getAsLong()))
        : first;
  }
}
