package io.millrace.web;

import io.millrace.config.LogFormat;
import io.millrace.config.Setting;
import io.millrace.config.SettingsReader;
import io.millrace.model.Codec;
import io.millrace.trace.TraceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The settings of a web tier, checked.
 *
 * @param maxMessageBytes empty to ask the queue
 * @param drainDelay from the order to stop to the first 503
 * @param traces where they go, and of what
 * @param effective all settings as texts, for the log
 */
public record WebSettings(
    int port,
    int adminPort,
    String queueName,
    boolean createResources,
    Duration linger,
    OptionalInt maxMessageBytes,
    int maxBodyBytes,
    int maxCollectionPayloads,
    long maxInFlightBytes,
    Duration ackTimeout,
    int sendThreads,
    Duration drainDelay,
    Codec codec,
    TraceSettings traces,
    Map<String, String> effective) {

  private static final int MIB = 1 << 20;

  private static final String SERVICE = "millrace-web";

  /** The largest body as sent, as unpacked in a growing array, and its lines, three times. */
  private static final long MIN_BODIES_IN_FLIGHT = 8;

  private static final Setting PORT =
      new Setting("PORT", "8080", "0 to 65535", "Port of the HTTP edge, 0 for any free one");
  private static final Setting ADMIN_PORT =
      new Setting("ADMIN_PORT", "8081", "0 to 65535", "Port of health and metrics, 0 for any");
  private static final Setting QUEUE_NAME =
      new Setting("QUEUE_NAME", "millrace", "1 to 76 of A-Z a-z 0-9 _ -", "Name of the SQS queue");
  private static final Setting CREATE_RESOURCES =
      new Setting(
          "CREATE_RESOURCES", "false", "true or false", "Create queue and dead-letter queue");
  private static final Setting LINGER_MS =
      new Setting(
          "LINGER_MS", "50", "0 to 60000 ms", "How long a batch waits for further collections");
  private static final Setting MAX_MESSAGE_BYTES =
      new Setting(
          "MAX_MESSAGE_BYTES",
          "",
          "16384 to 1048576 bytes",
          "Largest message; without it the queue's MaximumMessageSize, 262144 if it tells none");
  private static final Setting MAX_BODY_BYTES =
      new Setting(
          "MAX_BODY_BYTES", "1048576", "1024 to 67108864 bytes", "Largest body, sent or unpacked");
  private static final Setting MAX_COLLECTION_PAYLOADS =
      new Setting(
          "MAX_COLLECTION_PAYLOADS", "10000", "1 to 1000000", "Most payloads in a collection");
  private static final Setting MAX_IN_FLIGHT_BYTES =
      new Setting(
          "MAX_IN_FLIGHT_BYTES",
          "",
          "1048576 to half the heap, bytes",
          "Budget for bodies, lines and messages; without it a quarter of the heap");
  private static final Setting ACK_TIMEOUT_MS =
      new Setting(
          "ACK_TIMEOUT_MS", "10000", "100 to 60000 ms", "How long SQS may take before a 503");
  private static final Setting SEND_THREADS =
      new Setting("SEND_THREADS", "16", "1 to 256", "Sends to SQS at once");
  private static final Setting DRAIN_DELAY_MS =
      new Setting(
          "DRAIN_DELAY_MS",
          "5000",
          "0 to 300000 ms",
          "From the order to stop to the first 503; lets a balancer notice");
  private static final Setting CODEC =
      new Setting("CODEC", "zstd", "zstd or gzip", "How batches are compressed");

  /** All settings, in the order of the help text. */
  public static final List<Setting> ALL =
      Stream.concat(own(), TraceSettings.all(SERVICE).stream()).toList();

  private static Stream<Setting> own() {
    return Stream.of(
        PORT,
        ADMIN_PORT,
        QUEUE_NAME,
        CREATE_RESOURCES,
        LINGER_MS,
        MAX_MESSAGE_BYTES,
        MAX_BODY_BYTES,
        MAX_COLLECTION_PAYLOADS,
        MAX_IN_FLIGHT_BYTES,
        ACK_TIMEOUT_MS,
        SEND_THREADS,
        DRAIN_DELAY_MS,
        CODEC,
        LogFormat.SETTING);
  }

  /**
   * Reads and checks.
   *
   * @param given environment and options as texts
   * @param heapBytes the heap's limit
   * @throws io.millrace.config.ConfigurationException with every fault
   */
  public static WebSettings read(Map<String, String> given, long heapBytes) {
    SettingsReader reader = new SettingsReader(given);
    LogFormat.check(reader);
    WebSettings settings = values(reader, heapBytes);
    settings.requireRelations(reader);
    return settings.withEffective(reader.finish());
  }

  private static WebSettings values(SettingsReader reader, long heapBytes) {
    return new WebSettings(
        reader.integer(PORT, 0, 65535),
        reader.integer(ADMIN_PORT, 0, 65535),
        reader.matching(QUEUE_NAME, "[A-Za-z0-9_-]{1,76}"),
        reader.choice(CREATE_RESOURCES, List.of("false", "true")).equals("true"),
        Duration.ofMillis(reader.number(LINGER_MS, 0, 60_000)),
        reader.isGiven(MAX_MESSAGE_BYTES)
            ? OptionalInt.of(reader.integer(MAX_MESSAGE_BYTES, 16_384, MIB))
            : OptionalInt.empty(),
        reader.integer(MAX_BODY_BYTES, 1024, 64 * MIB),
        reader.integer(MAX_COLLECTION_PAYLOADS, 1, 1_000_000),
        reader.isGiven(MAX_IN_FLIGHT_BYTES)
            ? reader.number(MAX_IN_FLIGHT_BYTES, MIB, heapBytes / 2)
            : heapBytes / 4,
        Duration.ofMillis(reader.number(ACK_TIMEOUT_MS, 100, 60_000)),
        reader.integer(SEND_THREADS, 1, 256),
        Duration.ofMillis(reader.number(DRAIN_DELAY_MS, 0, 300_000)),
        Codec.ofLabel(reader.choice(CODEC, List.of("zstd", "gzip"))),
        TraceSettings.read(reader, SERVICE),
        Map.of());
  }

  private void requireRelations(SettingsReader reader) {
    reader.require(
        port == 0 || port != adminPort, "PORT and ADMIN_PORT must differ, but are both " + port);
    reader.require(
        MIN_BODIES_IN_FLIGHT * maxBodyBytes <= maxInFlightBytes,
        "MAX_IN_FLIGHT_BYTES must be at least %d times MAX_BODY_BYTES, but is %d bytes, with MAX_BODY_BYTES %d"
            .formatted(MIN_BODIES_IN_FLIGHT, maxInFlightBytes, maxBodyBytes));
    reader.require(
        linger.compareTo(ackTimeout) < 0,
        "LINGER_MS must be less than ACK_TIMEOUT_MS, but is %d ms, with ACK_TIMEOUT_MS %d"
            .formatted(linger.toMillis(), ackTimeout.toMillis()));
  }

  private WebSettings withEffective(Map<String, String> texts) {
    return new WebSettings(
        port,
        adminPort,
        queueName,
        createResources,
        linger,
        maxMessageBytes,
        maxBodyBytes,
        maxCollectionPayloads,
        maxInFlightBytes,
        ackTimeout,
        sendThreads,
        drainDelay,
        codec,
        traces,
        texts);
  }
}
