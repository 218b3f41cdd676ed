package io.millrace.toolbox.plan;

import io.millrace.config.Capacity;
import io.millrace.toolbox.plan.WorkerSetup.RollSetup;

/**
 * The workers and what they write.
 *
 * @param count of instances
 * @param messagesPerSecond of all of them
 * @param openSeconds how long a roll is open
 * @param rollsPerSecond of all of them
 */
record StorePlan(
    Inputs inputs, int count, double messagesPerSecond, double openSeconds, double rollsPerSecond) {

  /** What a batch of an hour takes of a worker that looks for suspects, at most. */
  private static final int MANIFEST_BYTES = 2;

  /** Part of the heap that keeps manifests. */
  private static final int MANIFEST_SHARE = 8;

  /** Manifest, data; and a look at the claims. */
  private static final int PUTS = 2;

  private static final int LISTS = 1;

  static StorePlan of(Inputs inputs, double messagesPerSecond) {
    int count = inputs.worker().instances().count(demand(inputs));
    RollSetup rolls = inputs.worker().setup().rolls();
    double messages = messagesPerSecond / count;
    double fill =
        rolls.maxBytes() / (frames(inputs) / count + messages * Capacity.BATCH_OVERHEAD_BYTES);
    boolean bySize = fill <= rolls.maxAgeSeconds();
    double open = bySize ? fill : rolls.maxAgeSeconds();
    // A roll opens with a message: after one that age closed, the next is waited for.
    double turn = bySize ? fill : open + 1 / messages;
    return new StorePlan(inputs, count, messagesPerSecond, open, count / turn);
  }

  /** Messages that one worker holds at most, while S3 is slow. */
  double mostHeld(double messageBytes) {
    double frame = messageBytes * 3 / 4 + Capacity.BATCH_OVERHEAD_BYTES;
    return Math.min(Capacity.MAX_HELD_MESSAGES, rollBytes() / frame);
  }

  private double rollBytes() {
    RollSetup rolls = inputs.worker().setup().rolls();
    return (Capacity.OPEN_ROLLS + rolls.maxQueue() + rolls.uploaders()) * rolls.maxBytes();
  }

  /** Calls that S3 counts as PUT or LIST. */
  double callsPerSecond() {
    return rollsPerSecond * (PUTS + LISTS);
  }

  /** Longest time that a message is held: its roll's, and until it is stored. */
  double heldSeconds() {
    return openSeconds + inputs.worker().setup().rolls().putSeconds();
  }

  Section section() {
    Section.Builder section = new Section.Builder("Workers and S3");
    instances(section);
    rolls(section);
    manifests(section);
    calls(section);
    return section.build();
  }

  private void instances(Section.Builder section) {
    Instances.Demand demand = demand(inputs);
    inputs.worker().instances().explain(section, demand);
    section.line(
        "traffic",
        8 * demand.bytes() / count / 1e6,
        "Mbit/s",
        "of a worker inwards: %s requests/s × %s bytes of frame × 4/3 (base64) × 8 ÷ %s; outwards"
            + " 3/4 of it",
        demand.perSecond(),
        inputs.load().frameBytes(),
        count);
  }

  private void rolls(Section.Builder section) {
    RollSetup setup = inputs.worker().setup().rolls();
    double held = messagesPerSecond / count * heldSeconds();
    section
        .line(
            "roll open",
            openSeconds,
            "s",
            "the lesser of ROLL_MAX_AGE_MS %s and ROLL_MAX_BYTES %s ÷ (%s bytes of frames/s + %s"
                + " messages/s × %s) of a worker",
            1000 * setup.maxAgeSeconds(),
            setup.maxBytes(),
            frames(inputs) / count,
            messagesPerSecond / count,
            Capacity.BATCH_OVERHEAD_BYTES)
        .line(
            "objects",
            rollsPerSecond * 3600,
            "an hour",
            "%s workers × 3,600 s ÷ %s s from one roll's opening to the next's",
            count,
            count / rollsPerSecond)
        .line(
            "object",
            frames(inputs) / rollsPerSecond / 1e6,
            "MB",
            "%s MB of frames/s ÷ %s objects/s",
            frames(inputs) / 1e6,
            rollsPerSecond)
        .line(
            "worker's heap",
            rollBytes() / (1 << 20) + inputs.worker().setup().pollers() * 10,
            "MiB",
            "at least: (%s open rolls + MAX_QUEUE %s + MAX_WORKERS %s) × ROLL_MAX_BYTES %s +"
                + " POLLERS %s × 10 messages of 1 MiB",
            Capacity.OPEN_ROLLS,
            setup.maxQueue(),
            setup.uploaders(),
            setup.maxBytes(),
            inputs.worker().setup().pollers())
        .warnIf(
            held > Capacity.MAX_HELD_MESSAGES,
            "a worker would hold %s messages and closes rolls early from %s on: raise LINGER_MS,"
                + " lower ROLL_MAX_AGE_MS or ROLL_MAX_BYTES, or run more workers",
            held,
            Capacity.MAX_HELD_MESSAGES);
  }

  private void manifests(Section.Builder section) {
    double batches = messagesPerSecond * 3600;
    double room = inputs.worker().setup().heapBytes() / MANIFEST_SHARE;
    double bytes = batches * MANIFEST_BYTES;
    section
        .line(
            "an hour's batches",
            batches,
            "",
            "%s messages/s × 3,600 s; a worker that looks for a dead worker's batches keeps the"
                + " hour's manifests, %s MB, in an eighth of its heap, %s MB",
            messagesPerSecond,
            bytes / 1e6,
            room / 1e6)
        .warnIf(
            bytes > room,
            "the manifests of an hour, %s batches of the whole fleet, take %s MB, more than the %s"
                + " MB of a worker's heap that keep them: when a worker has died, the others read"
                + " them again for each check. Raise LINGER_MS, run fewer web instances, or raise"
                + " the heap (--worker-heap-mib)",
            batches,
            bytes / 1e6,
            room / 1e6);
  }

  private void calls(Section.Builder section) {
    RollSetup setup = inputs.worker().setup().rolls();
    double puts = rollsPerSecond * PUTS;
    double atOnce = rollsPerSecond / count * setup.putSeconds();
    section
        .line(
            "PUT",
            puts,
            "a second",
            "%s objects/s × (manifest + data), all counted to one prefix; S3 takes %s",
            rollsPerSecond,
            AwsLimits.S3_WRITES_PER_SECOND)
        .line("LIST", rollsPerSecond * LISTS, "a second", "one look at the claims for each object")
        .line(
            "uploads at once",
            atOnce,
            "",
            "of a worker: %s objects/s × %s ms; MAX_WORKERS is %s",
            rollsPerSecond / count,
            1000 * setup.putSeconds(),
            setup.uploaders())
        .warnIf(
            puts > AwsLimits.S3_WRITES_PER_SECOND,
            "%s PUT/s are more than the %s of one prefix: raise ROLL_MAX_BYTES or ROLL_MAX_AGE_MS,"
                + " or give groups of workers a KEY_PREFIX and a queue each",
            puts,
            AwsLimits.S3_WRITES_PER_SECOND)
        .warnIf(
            atOnce > setup.uploaders(),
            "%s uploads at once need more than MAX_WORKERS %s: raise MAX_WORKERS or ROLL_MAX_BYTES,"
                + " or run more workers",
            atOnce,
            setup.uploaders());
  }

  /** Bytes of frames each second, of all. */
  static double frames(Inputs inputs) {
    return inputs.load().perSecond() * inputs.load().frameBytes();
  }

  private static Instances.Demand demand(Inputs inputs) {
    return new Instances.Demand(
        inputs.load().perSecond(), inputs.bench().workerMicros(), frames(inputs) * 4 / 3);
  }
}
