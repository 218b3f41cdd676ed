package io.millrace.fault;

import java.util.HashMap;
import java.util.Map;

/**
 * What a case runs on. Immutable.
 *
 * @param webs web tiers, each with a load of its own
 * @param rate collections per second to each web tier
 * @param linked whether wires and gateways lie between the parts
 * @param durable whether the queue is on disk
 * @param smallDisk whether the store lies on a small disk of its own
 * @param errors whether Errors can be made to happen in the workers
 * @param settings of the tiers, beside the short times that all cases have
 */
record Plan(
    int webs,
    int workers,
    int rate,
    boolean linked,
    boolean durable,
    boolean smallDisk,
    boolean errors,
    Map<String, String> settings) {
  private static final int RATE = 60;

  /** So many tiers, directly at the servers, the queue in memory. */
  static Plan of(int webs, int workers) {
    return new Plan(webs, workers, RATE, false, false, false, false, Map.of());
  }

  /** With a wire and a gateway before each server, and a wire before each web tier. */
  Plan behindLinks() {
    return new Plan(webs, workers, rate, true, durable, smallDisk, errors, settings);
  }

  /** With the queue on disk. */
  Plan onDisk() {
    return new Plan(webs, workers, rate, linked, true, smallDisk, errors, settings);
  }

  /** With the store on a disk that can be filled. */
  Plan onSmallDisk() {
    return new Plan(webs, workers, rate, linked, durable, true, errors, settings);
  }

  /** With workers that {@link Tier#makeError} works on. */
  Plan erring() {
    return new Plan(webs, workers, rate, linked, durable, smallDisk, true, settings);
  }

  /** With a setting for both tiers. */
  Plan with(String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return new Plan(webs, workers, rate, linked, durable, smallDisk, errors, Map.copyOf(more));
  }
}
