package io.millrace.toolbox.plan;

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
   * @param instanceHourUsd of one instance of either tier; 0 to leave them out
   */
  record Money(Prices prices, double keepDays, double instanceHourUsd) {}
}
