package io.millrace.benchmark.scenario;

import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.process.PipelineSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be measured. Immutable; the methods make others of it.
 *
 * @param name unique in its report
 * @param reference name of the case that it stands beside; null for none
 * @param perSecond requests offered; 0 for a closed loop
 */
record Case(
    String name,
    @Nullable String reference,
    TargetKind target,
    int connections,
    double perSecond,
    Duration warmUp,
    Duration measured,
    BodySpec bodies,
    PipelineSpec tiers) {
  /** If none are given. */
  static final int CONNECTIONS = 512;

  /** What is loaded. */
  enum TargetKind {
    BARE("bare handler"),
    INSTANT("web tier, instant queue"),
    PIPELINE("whole pipeline");

    private final String text;

    TargetKind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  Case named(String other) {
    return new Case(
        other, reference, target, connections, perSecond, warmUp, measured, bodies, tiers);
  }

  /** The same on another target. */
  Case on(TargetKind other) {
    return new Case(
        name, reference, other, connections, perSecond, warmUp, measured, bodies, tiers);
  }

  /** The same, to be read beside a case that is measured before. */
  Case beside(Case other) {
    return new Case(
        name, other.name, target, connections, perSecond, warmUp, measured, bodies, tiers);
  }

  Case withConnections(int other) {
    return new Case(name, reference, target, other, perSecond, warmUp, measured, bodies, tiers);
  }

  Case withRate(double other) {
    return new Case(name, reference, target, connections, other, warmUp, measured, bodies, tiers);
  }

  Case lasting(Duration other) {
    return new Case(name, reference, target, connections, perSecond, warmUp, other, bodies, tiers);
  }

  Case with(BodySpec other) {
    return new Case(
        name, reference, target, connections, perSecond, warmUp, measured, other, tiers);
  }

  Case withTiers(int webs, int workers) {
    return new Case(
        name,
        reference,
        target,
        connections,
        perSecond,
        warmUp,
        measured,
        bodies,
        new PipelineSpec(webs, workers, tiers.webHeap(), tiers.workerHeap(), tiers.settings()));
  }
}
