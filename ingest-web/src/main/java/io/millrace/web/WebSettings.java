package io.millrace.web;

import io.millrace.config.ListenAddress;
import io.millrace.config.Setting;
import io.millrace.config.SettingsReader;
import io.millrace.model.Codec;
import io.millrace.queue.QueueName;
import io.millrace.run.LogFormat;
import io.millrace.trace.TraceSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The settings of a web tier, checked.
 *
 * @param edge where the HTTP edge listens
 * @param admin where health and metrics are
 * @param maxConnections of the edge, open at once
 * @param maxMessageBytes empty to ask the queue
 * @param drainDelay from the order to stop to the first 503
 * @param traces where they go, and of what
 * @param effective all settings as texts, for the log
 */
public record WebSettings(
    InetSocketAddress edge,
    InetSocketAddress admin,
    int maxConnections,
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

  private static final int MIN_CONNECTIONS = 16;

  /**
   * What one may take while its request's head comes, 8 KiB at most as text and as fields, must not
   * use up the heap for all of them: that is a quarter of this.
   */
  private static final long HEAP_PER_CONNECTION = 64L << 10;

  /** Files of the JVM, the admin port and its connections, the logs; one more for each sender. */
  private static final int RESERVED_FILES = 128;

  private static final String SERVICE = "millrace-web";

  /** The largest body as sent, as unpacked in a growing array, and its lines, three times. */
  private static final long MIN_BODIES_IN_FLIGHT = 8;

  private static final Setting PORT =
      new Setting("PORT", "8080", "0 to 65535", "Port of the HTTP edge, 0 for any free one");
  private static final Setting ADMIN_PORT =
      new Setting("ADMIN_PORT", "8081", "0 to 65535", "Port of health and metrics, 0 for any");
  private static final Setting ADDRESS = ListenAddress.of("ADDRESS", PORT);
  private static final Setting ADMIN_ADDRESS = ListenAddress.of("ADMIN_ADDRESS", ADMIN_PORT);
  private static final Setting MAX_CONNECTIONS =
      new Setting(
          "MAX_CONNECTIONS",
          "",
          "16 to 1000000",
          "Connections of the edge at once; without it one for each 64 KiB of heap, and at most"
              + " what the process's limit of open files leaves");
  private static final Setting QUEUE_NAME = QueueName.setting("QUEUE_NAME", "millrace");
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
        ADDRESS,
        ADMIN_PORT,
        ADMIN_ADDRESS,
        MAX_CONNECTIONS,
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
   * @param openFiles the process's limit of open files, see {@link OpenFiles}
   * @throws io.millrace.config.ConfigurationException with every fault
   */
  public static WebSettings read(Map<String, String> given, long heapBytes, long openFiles) {
    SettingsReader reader = new SettingsReader(given);
    LogFormat.check(reader);
    WebSettings settings = values(reader, heapBytes, openFiles);
    settings.requireRelations(reader, openFiles);
    return settings.withEffective(reader.finish());
  }

  private static WebSettings values(SettingsReader reader, long heapBytes, long openFiles) {
    InetSocketAddress edge = ListenAddress.read(reader, ADDRESS, reader.integer(PORT, 0, 65535));
    InetSocketAddress admin =
        ListenAddress.read(reader, ADMIN_ADDRESS, reader.integer(ADMIN_PORT, 0, 65535));
    int sendThreads = reader.integer(SEND_THREADS, 1, 256);
    return new WebSettings(
        edge,
        admin,
        reader.isGiven(MAX_CONNECTIONS)
            ? reader.integer(MAX_CONNECTIONS, MIN_CONNECTIONS, 1_000_000)
            : defaultConnections(heapBytes, openFiles - reservedFiles(sendThreads)),
        reader.matching(QUEUE_NAME, QueueName.PATTERN),
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
        sendThreads,
        Duration.ofMillis(reader.number(DRAIN_DELAY_MS, 0, 300_000)),
        Codec.ofLabel(reader.choice(CODEC, List.of("zstd", "gzip"))),
        TraceSettings.read(reader, SERVICE),
        Map.of());
  }

  private static int defaultConnections(long heapBytes, long files) {
    return (int) Math.max(MIN_CONNECTIONS, Math.min(heapBytes / HEAP_PER_CONNECTION, files));
  }

  private static int reservedFiles(int sendThreads) {
    return RESERVED_FILES + sendThreads;
  }

  private void requireRelations(SettingsReader reader, long openFiles) {
    int reserved = reservedFiles(sendThreads);
    reader.require(
        maxConnections <= openFiles - reserved,
        "MAX_CONNECTIONS must be at most the process's limit of open files less %d, but is %d, with a limit of %d"
            .formatted(reserved, maxConnections, openFiles));
    reader.require(
        edge.getPort() == 0 || edge.getPort() != admin.getPort(),
        "PORT and ADMIN_PORT must differ, but are both " + edge.getPort());
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
        edge,
        admin,
        maxConnections,
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
