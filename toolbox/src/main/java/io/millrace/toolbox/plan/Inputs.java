package io.millrace.toolbox.plan;

import org.jspecify.annotations.Nullable;

/**
 * All that a plan is made of.
 *
 * @param load what comes
 * @param bench what a request costs in CPU
 * @param web the web tier's machines and settings
 * @param worker the workers' machines and settings
 * @param money prices, and what is to be in the bill
 */
record Inputs(Workload load, BenchFigures bench, Web web, Worker worker, Money money) {
  /** The web tier. */
  record Web(Instances instances, WebSetup setup) {}

  /** The workers. */
  record Worker(Instances instances, WorkerSetup setup) {}

  /**
   * What the bill is made of.
   *
   * @param keepDays how long objects are kept; 0 to leave storage out
   * @param instanceHourUsd of one instance of either tier; 0 to leave them out; null for the price
   *     of its cores
   * @param path from the tiers to SQS
   * @param zones that there are tiers in
   */
  record Money(
      Prices prices, double keepDays, @Nullable Double instanceHourUsd, SqsPath path, int zones) {}
}
