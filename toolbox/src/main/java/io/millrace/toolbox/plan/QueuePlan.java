package io.millrace.toolbox.plan;

import io.millrace.config.Capacity;
import io.millrace.queue.MessageQueue;
import io.millrace.toolbox.plan.WorkerSetup.RollSetup;

/**
 * The queue between the tiers: calls, what SQS counts them as, and what is in flight.
 *
 * @param web whose messages it carries
 * @param store how long workers hold them
 * @param receivesPerSecond of all pollers
 */
record QueuePlan(WebPlan web, StorePlan store, double receivesPerSecond) {
  private static final int BATCH = MessageQueue.MAX_BATCH_ENTRIES;
  private static final double GATHER_SECONDS = Capacity.GATHER.toMillis() / 1000.0;
  private static final double LONG_POLL_SECONDS = Capacity.LONG_POLL.toMillis() / 1000.0;

  static QueuePlan of(WebPlan web, StorePlan store) {
    double pollers = (double) store.count() * store.inputs().worker().setup().pollers();
    double each = web.messagesPerSecond() / pollers;
    double full = each / BATCH;
    double gathered = each / (1 + each * GATHER_SECONDS);
    double receives = pollers * Math.max(Math.max(full, gathered), 1 / LONG_POLL_SECONDS);
    return new QueuePlan(web, store, receives);
  }

  /** Messages of a receive. */
  private double received() {
    return Math.min(BATCH, web.messagesPerSecond() / receivesPerSecond);
  }

  private double sends() {
    return web.messagesPerSecond() * web.node().chunks();
  }

  private double receives() {
    return receivesPerSecond * Batching.chunks(received() * web.node().messageBytes());
  }

  private double deletes() {
    double messages = web.messagesPerSecond() / store.rollsPerSecond();
    return store.rollsPerSecond() * Math.ceil(messages / BATCH);
  }

  private double extensions() {
    double half = store.inputs().worker().setup().visibilitySeconds() / 2;
    return web.messagesPerSecond() / BATCH * Math.floor(store.heldSeconds() / half);
  }

  /** What SQS counts each second. */
  double requestsPerSecond() {
    return sends() + receives() + deletes() + extensions();
  }

  /** Bytes of messages one way, from the web tier to SQS; as many go on to the workers. */
  double bytesPerSecond() {
    return web.messagesPerSecond() * web.node().messageBytes();
  }

  Section section() {
    Section.Builder section = new Section.Builder("SQS");
    messages(section);
    counted(section);
    held(section);
    refused(section);
    return section.build();
  }

  private void messages(Section.Builder section) {
    Batching node = web.node();
    section
        .line(
            "messages",
            web.messagesPerSecond(),
            "a second",
            "%s web nodes × %s requests/s ÷ %s requests a batch",
            web.count(),
            node.perSecond(),
            node.requestsPerMessage())
        .line(
            "message",
            node.messageBytes(),
            "bytes",
            "%s requests × %s bytes of lines ÷ compression %s × 4/3 (base64) + %s of header",
            node.requestsPerMessage(),
            store.inputs().load().lineBytes(),
            store.inputs().load().compression(),
            Batching.HEADER_BYTES);
  }

  private void counted(Section.Builder section) {
    WorkerSetup setup = store.inputs().worker().setup();
    double receiving = receivesPerSecond / store.count() * setup.receiveSeconds();
    section
        .line(
            "sends",
            sends(),
            "requests/s",
            "%s messages/s × %s chunks of 64 KiB, each of them a request on the bill",
            web.messagesPerSecond(),
            node().chunks())
        .line(
            "receives",
            receives(),
            "requests/s",
            "%s calls/s of %s pollers, each with %s messages = %s chunks of 64 KiB",
            receivesPerSecond,
            (double) store.count() * setup.pollers(),
            received(),
            receives() / receivesPerSecond)
        .line(
            "deletes",
            deletes(),
            "requests/s",
            "%s rolls/s × %s messages ÷ 10, rounded up",
            store.rollsPerSecond(),
            web.messagesPerSecond() / store.rollsPerSecond())
        .line(
            "receives at once",
            receiving,
            "",
            "of a worker: %s calls/s × %s ms; POLLERS is %s",
            receivesPerSecond / store.count(),
            1000 * setup.receiveSeconds(),
            setup.pollers())
        .warnIf(
            receiving > setup.pollers(),
            "%s receives at once need more than POLLERS %s: raise POLLERS or LINGER_MS, or run more"
                + " workers",
            receiving,
            setup.pollers());
  }

  private void held(Section.Builder section) {
    WorkerSetup setup = store.inputs().worker().setup();
    double held = store.heldSeconds();
    double inFlight = web.messagesPerSecond() / setup.queues() * held;
    double putSeconds = setup.rolls().putSeconds();
    section
        .line(
            "in flight",
            inFlight,
            "messages",
            "at most: %s messages/s ÷ %s queues × (roll open %s s + put %s s); SQS allows %s",
            web.messagesPerSecond(),
            setup.queues(),
            store.openSeconds(),
            putSeconds,
            AwsLimits.SQS_IN_FLIGHT)
        .line(
            "visibility",
            setup.visibilitySeconds(),
            "s",
            "messages are held for up to %s s; those held for half of it, %s s, are hidden anew: %s"
                + " calls/s",
            held,
            setup.visibilitySeconds() / 2,
            extensions())
        .warnIf(
            inFlight > AwsLimits.SQS_IN_FLIGHT,
            "%s messages in flight on a queue are more than the %s that SQS allows, past which"
                + " nothing is received: raise LINGER_MS (fewer, larger messages), lower"
                + " ROLL_MAX_AGE_MS or ROLL_MAX_BYTES, or share the load among %s queues"
                + " (--queues)",
            inFlight,
            AwsLimits.SQS_IN_FLIGHT,
            Math.ceil(inFlight * setup.queues() / AwsLimits.SQS_IN_FLIGHT))
        .line(
            "held at most",
            mostHeld(),
            "messages",
            "of a queue while S3 is slow: %s workers × %s each ÷ %s queues",
            store.count(),
            store.mostHeld(node().messageBytes()),
            setup.queues())
        .warnIf(
            mostHeld() > AwsLimits.SQS_IN_FLIGHT,
            "while S3 is slow, %s workers may hold %s messages of a queue, more than the %s that"
                + " SQS allows in flight, past which receives bring nothing: raise LINGER_MS, lower"
                + " ROLL_MAX_BYTES or MAX_QUEUE, or share the load among %s queues (--queues)",
            store.count(),
            mostHeld(),
            AwsLimits.SQS_IN_FLIGHT,
            Math.ceil(mostHeld() * setup.queues() / AwsLimits.SQS_IN_FLIGHT))
        .warnIf(
            held > setup.visibilitySeconds() / 2,
            "messages are held for %s s, longer than half of VISIBILITY_TIMEOUT_SECONDS %s: raise"
                + " it, or lower ROLL_MAX_AGE_MS; each extension is a request",
            held,
            setup.visibilitySeconds());
  }

  private void refused(Section.Builder section) {
    WorkerSetup setup = store.inputs().worker().setup();
    RollSetup rolls = setup.rolls();
    section.warnIf(
        rolls.maxAgeSeconds() + rolls.putTimeoutSeconds() >= setup.visibilitySeconds(),
        "the worker refuses to start: ROLL_MAX_AGE_MS %s + PUT_TIMEOUT_MS %s must be less than"
            + " VISIBILITY_TIMEOUT_SECONDS %s: raise that, or lower one of them",
        1000 * rolls.maxAgeSeconds(),
        1000 * rolls.putTimeoutSeconds(),
        setup.visibilitySeconds());
  }

  private double mostHeld() {
    double each = store.mostHeld(node().messageBytes());
    return store.count() * each / store.inputs().worker().setup().queues();
  }

  private Batching node() {
    return web.node();
  }
}
