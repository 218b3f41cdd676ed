package io.millrace.toolbox.plan;

import static io.millrace.toolbox.plan.SamplePlan.inputs;
import static io.millrace.toolbox.plan.SamplePlan.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All figures were worked out by hand; the steps are in the comments. */
class PlanTest {
  private static final double ROLL = 16 << 20;

  @Test
  void web_instancesRateAndConnections() {
    // 100,000 × 60 µs = 6 cores of work; each node may use one of its two.
    WebPlan web = WebPlan.of(inputs(100_000, 0.01, ROLL, 30));
    assertThat(web.count()).isEqualTo(6);
    Section section = web.section();
    assertThat(value(section, "rate")).isCloseTo(16_666.67, within(0.01));
    assertThat(value(section, "batch")).isCloseTo(167.67, within(0.01));
    assertThat(value(section, "connections")).isCloseTo(500, within(0.01)); // 16,667 × (10 + 20 ms)
    // 3 × 1,200 bytes × 500 under way
    assertThat(value(section, "in flight")).isCloseTo(1.8, within(0.001));
    assertThat(section.warnings()).isEmpty();
  }

  @Test
  void web_collectionLargerThanABody_isWarned() {
    assertThat(webWarnings(1 << 20, 10)).isEmpty();
    assertThat(webWarnings((1 << 20) + 1, 10))
        .singleElement()
        .asString()
        .contains("1,048,577 bytes", "MAX_BODY_BYTES 1,048,576");
  }

  @Test
  void web_payloadLargerThanAMessage_isWarned() {
    // 784,101 bytes of lines fit a message of 1 MiB; a payload's own is 71 bytes less than the
    // body and 159 more.
    assertThat(webWarnings(784_013, 1)).isEmpty();
    assertThat(webWarnings(784_014, 1))
        .singleElement()
        .asString()
        .contains("784,102 bytes", "784,101", "MAX_MESSAGE_BYTES 1,048,576");
  }

  @Test
  void store_rollClosedBySize() {
    // 10,000/s × 600 bytes + 10 messages/s × 1,024 = 6,010,240 bytes a second: full in 10 s.
    StorePlan store = StorePlan.of(inputs(10_000, 0.01, 60_102_400, 30), 10);
    assertThat(store.count()).isEqualTo(1);
    assertThat(store.openSeconds()).isEqualTo(10);
    Section section = store.section();
    assertThat(value(section, "objects")).isCloseTo(360, within(1e-6));
    assertThat(formula(section, "objects")).startsWith("1 workers × 3,600 s ÷ 10 s");
    assertThat(value(section, "object")).isCloseTo(60, within(1e-6));
    assertThat(value(section, "PUT")).isCloseTo(0.2, within(1e-9));
    assertThat(value(section, "LIST")).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void store_rollClosedByAge_waitsForTheNextMessage() {
    StorePlan store = StorePlan.of(inputs(10_000, 0.01, 60_102_400, 4.9), 10);
    assertThat(store.openSeconds()).isEqualTo(4.9);
    assertThat(store.rollsPerSecond()).isCloseTo(0.2, within(1e-9)); // 4.9 s + 0.1 s
    assertThat(value(store.section(), "worker's heap")).isEqualTo(12 * 60_102_400 / 1048576.0 + 20);
  }

  @Test
  void queue_countsAsSqsDoes() {
    Inputs inputs = inputs(1000, 0.049, 60_102_400, 5);
    WebPlan web = WebPlan.of(inputs); // 50 requests a message, 20 messages a second, 40,200 bytes
    StorePlan store = StorePlan.of(inputs, web.messagesPerSecond()); // by age: 5 s + 50 ms
    QueuePlan queue = QueuePlan.of(web, store);
    Section section = queue.section();
    assertThat(value(section, "messages")).isCloseTo(20, within(1e-9));
    assertThat(value(section, "message")).isCloseTo(40_200, within(1e-6));
    assertThat(value(section, "sends")).isCloseTo(20, within(1e-9));
    // 10 messages/s a poller: one in 100 ms + 100 ms of pause makes 5 receives/s, with 2 messages
    // of together 80,400 bytes, two chunks.
    assertThat(queue.receivesPerSecond()).isCloseTo(10, within(1e-9));
    assertThat(value(section, "receives")).isCloseTo(20, within(1e-9));
    assertThat(value(section, "deletes")).isCloseTo(11 / 5.05, within(1e-9)); // 101 messages a roll
    assertThat(value(section, "in flight")).isCloseTo(20 * 5.5, within(1e-9));
    assertThat(queue.requestsPerSecond()).isCloseTo(40 + 11 / 5.05, within(1e-9));
  }

  @Test
  void queue_heldLongerThanHalfTheVisibility_isExtendedAndWarned() {
    Inputs inputs = inputs(1000, 0.049, 1 << 30, 70);
    WebPlan web = WebPlan.of(inputs);
    Section section = QueuePlan.of(web, StorePlan.of(inputs, 20)).section();
    assertThat(section.warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains("70.5 s", "VISIBILITY_TIMEOUT_SECONDS 120", "ROLL_MAX_AGE_MS");
  }

  @Test
  void queue_ageThatTheWorkerRefuses_isWarned() {
    // With PUT_TIMEOUT_MS of 15 s, 105 s are the whole visibility timeout of 120 s.
    assertThat(queueWarnings(104.9)).noneMatch(text -> text.contains("PUT_TIMEOUT_MS"));
    assertThat(queueWarnings(105))
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains(
                        "ROLL_MAX_AGE_MS 105,000",
                        "PUT_TIMEOUT_MS 15,000",
                        "VISIBILITY_TIMEOUT_SECONDS 120"));
  }

  @Test
  void bill_isCallsTimesPrices() {
    Inputs inputs = inputs(1000, 0.049, 60_102_400, 5);
    WebPlan web = WebPlan.of(inputs);
    StorePlan store = StorePlan.of(inputs, web.messagesPerSecond());
    Bill bill = new Bill(QueuePlan.of(web, store), store);
    double sqs = (40 + 11 / 5.05) * 0.4e-6;
    double s3 = 3 / 5.05 * 5e-6;
    assertThat(bill.perMillion()).isCloseTo((sqs + s3) * 1000, within(1e-12));
    assertThat(value(bill.section(), "bill of a month"))
        .isCloseTo((sqs + s3) * 730 * 3600, within(1e-9));
    assertThat(bill.section().figures()).extracting(Figure::name).doesNotContain("S3 storage");
    assertThat(value(bill.section(), "calls")).isCloseTo((sqs + s3) * 730 * 3600, within(1e-9));
    assertThat(formula(bill.section(), "bill of a month"))
        .contains(
            "not in it: S3 storage (--keep-days), instances (--instance-hour-usd), network"
                + " (prices), logs");
  }

  @Test
  void bill_withStorageAndInstances_hasThemInTheSum() {
    Inputs plain = inputs(1000, 0.049, 60_102_400, 5);
    Inputs.Money money = new Inputs.Money(SamplePlan.PRICES, 30, 0.1, SqsPath.ENDPOINT, 2);
    Inputs inputs = new Inputs(plain.load(), plain.bench(), plain.web(), plain.worker(), money);
    Section without = section(plain, 3);
    Section with = section(inputs, 3);
    double gib = 1000 * 600 * 86400.0 * 30 / (1 << 30);
    assertThat(value(with, "S3 storage")).isCloseTo(gib * 0.02, within(1e-9));
    assertThat(value(with, "instances")).isCloseTo(2 * 730 * 0.1, within(1e-9));
    assertThat(formula(with, "bill of a month")).contains("not in it: network (prices), logs");
    assertThat(value(with, "bill of a month") - value(without, "bill of a month"))
        .isCloseTo(gib * 0.02 + 146, within(1e-6));
  }

  @Test
  void bill_networkByEachPath_countsMessagesTwiceAndTheBalancersBytes() {
    // 1,112,000 bytes a second in: 4.0032 GB an hour, a unit each. 20 messages/s × 40,200 bytes,
    // to SQS and back, are 4,225.8 GB a month.
    double balancer = 730 * (0.02 + 4.0032 * 0.01);
    double gb = 2 * 20 * 40_200 * 730 * 3600.0 / 1e9;
    Section endpoint = bill(SqsPath.ENDPOINT);
    assertThat(value(endpoint, "balancer")).isCloseTo(balancer, within(1e-6));
    assertThat(value(endpoint, "SQS endpoint")).isCloseTo(3 * 730 * 0.1 + gb * 0.2, within(1e-6));
    assertThat(value(endpoint, "network"))
        .isCloseTo(balancer + 3 * 730 * 0.1 + gb * 0.2, within(1e-6));
    assertThat(value(bill(SqsPath.NAT), "NAT gateway"))
        .isCloseTo(3 * 730 * 0.3 + gb * 0.4, within(1e-6));
    assertThat(value(bill(SqsPath.PUBLIC), "network")).isCloseTo(balancer, within(1e-6));
    // Two instances of 2 cores at $0.5 a core.
    assertThat(value(endpoint, "instances")).isCloseTo(2 * 730 * 2 * 0.5, within(1e-6));
  }

  private static Section bill(SqsPath path) {
    Prices.Network network = new Prices.Network(0.1, 0.2, 0.3, 0.4, 0.02, 0.01);
    Prices prices = new Prices(SamplePlan.PRICES.requests(), 0.02, network, 0.5);
    Inputs plain = inputs(1000, 0.049, 60_102_400, 5);
    Inputs.Money money = new Inputs.Money(prices, 0, null, path, 3);
    return section(new Inputs(plain.load(), plain.bench(), plain.web(), plain.worker(), money), 3);
  }

  @Test
  void warnings_anHoursManifestsOfALargeFleet_nameLingerAndHeap() {
    // 200 web instances at LINGER_MS=10 send 98 messages/s each, 71 million an hour: 141 MB of 134.
    assertThat(fleet(1_000_000, 200, 0.01, 4).warnings())
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("manifests of an hour", "LINGER_MS", "--worker-heap-mib"));
    assertThat(fleet(1_000_000, 20, 0.1, 4).warnings())
        .noneMatch(text -> text.contains("manifests of an hour"));
  }

  @Test
  void warnings_workersThatMayHoldMoreThanAQueueAllows_nameQueues() {
    // Rolls of 192 MiB and 1,174 bytes a batch: 80,000 messages each of two workers.
    assertThat(fleet(20_000, 200, 0.01, 2).warnings())
        .anySatisfy(
            text -> assertThat(text).contains("2 workers may hold 160,000 messages", "2 queues"));
    assertThat(fleet(20_000, 200, 0.01, 1).warnings()).noneMatch(text -> text.contains("may hold"));
  }

  private static Plan fleet(double perSecond, int webs, double lingerSeconds, int workers) {
    Inputs plain = inputs(perSecond, lingerSeconds, ROLL, 30);
    return Plan.of(
        new Inputs(
            plain.load(),
            plain.bench(),
            new Inputs.Web(new Instances(2, 0.5, webs, 0), plain.web().setup()),
            new Inputs.Worker(new Instances(2, 0.5, workers, 0), plain.worker().setup()),
            plain.money()));
  }

  @Test
  void warnings_tooManySmallMessages_nameTheSettings() {
    // 1,000,000/s on 2,000 nodes at linger 0: a message a request, half a minute in rolls.
    Inputs plain = inputs(1_000_000, 0, 1 << 30, 30);
    Instances many = new Instances(2, 0.5, 2000, 0);
    Inputs inputs =
        new Inputs(
            plain.load(),
            plain.bench(),
            new Inputs.Web(many, plain.web().setup()),
            plain.worker(),
            plain.money());
    List<String> warnings = Plan.of(inputs).warnings();
    assertThat(warnings)
        .anySatisfy(
            text ->
                assertThat(text).contains("120,000", "LINGER_MS", "ROLL_MAX_AGE_MS", "--queues"))
        .anySatisfy(text -> assertThat(text).contains("POLLERS 2"))
        .anySatisfy(text -> assertThat(text).contains("80,000"));
  }

  @Test
  void warnings_moreRollsThanAPrefixTakes_nameKeyPrefix() {
    // Rolls of 1 MiB at 10,000,000/s: about 5,700 objects a second.
    List<String> warnings = Plan.of(inputs(10_000_000, 0.05, 1 << 20, 30)).warnings();
    assertThat(warnings)
        .anySatisfy(text -> assertThat(text).contains("3,500", "ROLL_MAX_BYTES", "KEY_PREFIX"));
  }

  @Test
  void instances_givenAndTooFew_areWarned() {
    Section.Builder section = new Section.Builder("");
    Instances.Demand demand = new Instances.Demand(100_000, 60, 100e6);
    Instances two = new Instances(2, 0.5, 2, 0);
    two.explain(section, demand);
    assertThat(two.count(demand)).isEqualTo(2);
    assertThat(section.build().warnings())
        .containsExactly(
            "2 instances are given, but 6 are needed at 50 % of their CPU and network");
  }

  @Test
  void instances_networkBinds_countsByIt() {
    Instances.Demand demand = new Instances.Demand(100_000, 60, 100e6);
    Instances machines = new Instances(2, 0.5, 0, 10e6);
    Section.Builder section = new Section.Builder("");
    machines.explain(section, demand);
    assertThat(machines.count(demand)).isEqualTo(10);
    assertThat(machines.capacity(demand)).isCloseTo(10_000, within(1e-9));
    assertThat(section.build().figures().get(0).formula())
        .isEqualTo("800 Mbit/s ÷ 80 Mbit/s that one carries, rounded up");
  }

  private static List<String> webWarnings(int collectionBytes, int payloads) {
    Inputs plain = inputs(10, 0.01, ROLL, 30);
    Workload load = new Workload(10, collectionBytes, payloads, 2);
    Inputs inputs = new Inputs(load, plain.bench(), plain.web(), plain.worker(), plain.money());
    return section(inputs, 0).warnings();
  }

  private static List<String> queueWarnings(double ageSeconds) {
    return section(inputs(1000, 0.049, 1 << 30, ageSeconds), 1).warnings();
  }

  private static String formula(Section section, String name) {
    return section.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .map(Figure::formula)
        .collect(Collectors.joining());
  }

  private static Section section(Inputs inputs, int index) {
    return Plan.of(inputs).sections().get(index);
  }
}
