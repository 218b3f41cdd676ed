package io.millrace.benchmark.scenario;

import io.millrace.benchmark.load.LoadGenerator;
import io.millrace.benchmark.process.Target;
import io.millrace.benchmark.report.Latency;
import io.millrace.benchmark.report.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Samples a run while it is measured. One thread's own. */
final class Course {
  private static final int MAX_SAMPLES = 180;

  private final Histogram all = new Histogram(3);
  private final List<Sample> samples = new ArrayList<>();

  /** Samples each second, or less often in a long run, until the measured time is over. */
  void follow(LoadGenerator load, Target target, Duration measured) throws InterruptedException {
    double seconds = measured.toMillis() / 1000.0;
    int count = (int) Math.max(1, Math.min(MAX_SAMPLES, seconds));
    for (int i = 1; i <= count; i++) {
      load.awaitPart((double) i / count);
      Histogram interval = load.latencies();
      all.add(interval);
      double perSecond = interval.getTotalCount() * count / seconds;
      samples.add(
          new Sample(seconds * i / count, perSecond, Latency.of(interval), Snapshot.rss(target)));
    }
  }

  /** All latencies, with those of answers that came after the measured time. */
  Latency latency(LoadGenerator load) {
    all.add(load.latencies());
    return Latency.of(all);
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }
}
