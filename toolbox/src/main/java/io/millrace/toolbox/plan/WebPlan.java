package io.millrace.toolbox.plan;

import io.millrace.codec.MessageCodec;

/**
 * The web tier: how many, and how each of them packs and sends.
 *
 * @param count of instances
 * @param node what one of them does with its share of the requests
 */
record WebPlan(Inputs inputs, double count, Batching node) {
  /** What the web tier holds for each byte of line: the line, and its share of the message. */
  private static final int HELD_PER_LINE_BYTE = 3;

  static WebPlan of(Inputs inputs) {
    Workload load = inputs.load();
    int count = inputs.web().instances().count(demand(inputs));
    WebSetup setup = inputs.web().setup();
    double perNode = load.perSecond() / count;
    Batching node = Batching.of(load, perNode, setup.lingerSeconds(), setup.maxMessageBytes());
    return new WebPlan(inputs, count, node);
  }

  /** Messages of all instances. */
  double messagesPerSecond() {
    return node.messagesPerSecond() * count;
  }

  Section section() {
    Section.Builder section = new Section.Builder("Web tier");
    instances(section);
    packing(section);
    refused(section);
    sending(section);
    return section.build();
  }

  private void instances(Section.Builder section) {
    inputs.web().instances().explain(section, demand(inputs));
    section
        .line(
            "rate",
            node.perSecond(),
            "requests/s",
            "of a node: %s ÷ %s",
            inputs.load().perSecond(),
            count)
        .line(
            "traffic",
            8 * node.perSecond() * inputs.load().collectionBytes() / 1e6,
            "Mbit/s",
            "of a node inwards, without headers: %s requests/s × %s bytes × 8",
            node.perSecond(),
            inputs.load().collectionBytes());
  }

  private void packing(Section.Builder section) {
    Workload load = inputs.load();
    WebSetup setup = inputs.web().setup();
    section.line(
        "lines",
        load.lineBytes(),
        "bytes",
        "of a collection: %s − %s around the payloads + %s payloads × %s for id, time, version, token",
        load.collectionBytes(),
        Workload.ENVELOPE_BYTES,
        load.payloads(),
        Workload.LINE_OVERHEAD_BYTES);
    double fitting = Batching.mostRequests(load, setup.maxMessageBytes());
    if (node.isFull()) {
      section.line(
          "batch",
          node.requestsPerMessage(),
          "requests",
          "full before LINGER_MS %s: %s bytes of lines fit a message of %s uncompressed, ÷ %s",
          1000 * setup.lingerSeconds(),
          MessageCodec.maxUncompressedBytes(setup.maxMessageBytes()),
          setup.maxMessageBytes(),
          load.lineBytes());
    } else {
      section.line(
          "batch",
          node.requestsPerMessage(),
          "requests",
          "the first + %s requests/s × LINGER_MS %s; %s would fit a message of %s bytes",
          node.perSecond(),
          1000 * setup.lingerSeconds(),
          fitting,
          setup.maxMessageBytes());
    }
  }

  private void refused(Section.Builder section) {
    Workload load = inputs.load();
    WebSetup setup = inputs.web().setup();
    int fitting = MessageCodec.maxUncompressedBytes(setup.maxMessageBytes());
    double line = load.lineBytes() / load.payloads();
    section
        .warnIf(
            load.collectionBytes() > setup.maxBodyBytes(),
            "a collection of %s bytes is more than MAX_BODY_BYTES %s and refused: raise"
                + " MAX_BODY_BYTES, or send fewer payloads in one",
            load.collectionBytes(),
            setup.maxBodyBytes())
        .warnIf(
            line > fitting,
            "a payload's line of %s bytes is more than the %s that fit a message of MAX_MESSAGE_BYTES"
                + " %s, and refused: raise MAX_MESSAGE_BYTES, up to %s, or send smaller payloads",
            line,
            fitting,
            setup.maxMessageBytes(),
            AwsLimits.SQS_MESSAGE_BYTES);
  }

  private void sending(Section.Builder section) {
    WebSetup setup = inputs.web().setup();
    double underWay = node.perSecond() * (node.openSeconds() + setup.sendSeconds());
    double sends = node.messagesPerSecond() * setup.sendSeconds();
    double held = HELD_PER_LINE_BYTE * inputs.load().lineBytes() * underWay;
    section
        .line(
            "connections",
            underWay,
            "",
            "busy ones of a node, at most: %s requests/s × (%s ms in the open batch + %s ms until SQS"
                + " answers); idle ones come on top",
            node.perSecond(),
            1000 * node.openSeconds(),
            1000 * setup.sendSeconds())
        .line(
            "sends at once",
            sends,
            "",
            "of a node: %s messages/s × %s ms; SEND_THREADS is %s",
            node.messagesPerSecond(),
            1000 * setup.sendSeconds(),
            setup.sendThreads())
        .line(
            "in flight",
            held / 1e6,
            "MB",
            "of a node: %s × %s bytes of lines × %s requests under way; a quarter of the heap is %s MB",
            HELD_PER_LINE_BYTE,
            inputs.load().lineBytes(),
            underWay,
            setup.heapBytes() / 4e6)
        .warnIf(
            sends > setup.sendThreads(),
            "%s sends at once need more than SEND_THREADS %s: raise SEND_THREADS or LINGER_MS",
            sends,
            setup.sendThreads())
        .warnIf(
            held > setup.heapBytes() / 4,
            "%s MB in flight are more than MAX_IN_FLIGHT_BYTES, a quarter of the heap, %s MB: lower"
                + " LINGER_MS, or raise the heap (--web-heap-mib) or the number of instances",
            held / 1e6,
            setup.heapBytes() / 4e6);
  }

  /** What the web tier has to do. */
  static Instances.Demand demand(Inputs inputs) {
    Workload load = inputs.load();
    return new Instances.Demand(
        load.perSecond(), inputs.bench().webMicros(), load.perSecond() * load.collectionBytes());
  }
}
