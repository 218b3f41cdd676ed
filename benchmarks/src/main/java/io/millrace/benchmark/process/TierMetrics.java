package io.millrace.benchmark.process;

import java.util.Map;

/**
 * What a target's processes count. The JVM's figures have the same names in all of them, so the
 * tiers are kept apart.
 *
 * @param webs all web tiers together, or what stands in their place; empty if they count nothing
 * @param workers all workers together; empty if there are none
 */
public record TierMetrics(Metrics webs, Metrics workers) {
  private static final Metrics NONE = new Metrics(Map.of());

  /** Of a target without workers. */
  static TierMetrics ofWeb(Metrics web) {
    return new TierMetrics(web, NONE);
  }

  /** The sum over all tiers. */
  public Metrics all() {
    return webs.plus(workers);
  }

  /** What came since an earlier reading. */
  public TierMetrics since(TierMetrics earlier) {
    return new TierMetrics(webs.since(earlier.webs), workers.since(earlier.workers));
  }
}
