package io.millrace.web;

import io.millrace.config.Capacity;
import io.millrace.config.ListenAddress;
import io.millrace.config.Setting;
import io.millrace.config.SettingsReader;
import io.millrace.model.Codec;
import io.millrace.queue.QueueName;
import io.millrace.run.LogFormat;
import io.millrace.trace.TraceSettings;
import java.net.InetAddress;
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

  private static final Setting<Integer> PORT =
      Setting.integer("PORT", 8080, 0, 65_535, "", "Port of the HTTP edge, 0 for any free one");
  private static final Setting<Integer> ADMIN_PORT =
      Setting.integer("ADMIN_PORT", 8081, 0, 65_535, "", "Port of health and metrics, 0 for any");
  private static final Setting<InetAddress> ADDRESS = ListenAddress.of("ADDRESS", PORT);
  private static final Setting<InetAddress> ADMIN_ADDRESS =
      ListenAddress.of("ADMIN_ADDRESS", ADMIN_PORT);
  private static final Setting<Integer> MAX_CONNECTIONS =
      Setting.integer(
          "MAX_CONNECTIONS",
          MIN_CONNECTIONS,
          1_000_000,
          "",
          "Connections of the edge at once; without it one for each 64 KiB of heap, and at most"
              + " what the process's limit of open files leaves");
  private static final Setting<String> QUEUE_NAME = QueueName.setting("QUEUE_NAME", "millrace");
  private static final Setting<Boolean> CREATE_RESOURCES =
      Setting.flag("CREATE_RESOURCES", "Create queue and dead-letter queue");
  private static final Setting<Integer> MAX_COLLECTION_PAYLOADS =
      Setting.integer(
          "MAX_COLLECTION_PAYLOADS", 10_000, 1, 1_000_000, "", "Most payloads in a collection");
  private static final Setting<Long> MAX_IN_FLIGHT_BYTES =
      Setting.bytesUpTo(
          "MAX_IN_FLIGHT_BYTES",
          MIB,
          "half the heap",
          "Budget for bodies, lines and messages; without it a quarter of the heap");
  private static final Setting<Duration> ACK_TIMEOUT_MS =
      Setting.millis("ACK_TIMEOUT_MS", 10_000, 100, 60_000, "How long SQS may take before a 503");
  private static final Setting<Duration> DRAIN_DELAY_MS =
      Setting.millis(
          "DRAIN_DELAY_MS",
          5000,
          0,
          300_000,
          "From the order to stop to the first 503; lets a balancer notice");
  private static final Setting<Codec> CODEC =
      Setting.choice(
          "CODEC", List.of("zstd", "gzip"), "How batches are compressed", Codec::ofLabel);

  /** All settings, in the order of the help text. */
  public static final List<Setting<?>> ALL =
      Stream.concat(own(), TraceSettings.all(SERVICE).stream()).toList();

  private static Stream<Setting<?>> own() {
    return Stream.of(
        PORT,
        ADDRESS,
        ADMIN_PORT,
        ADMIN_ADDRESS,
        MAX_CONNECTIONS,
        QUEUE_NAME,
        CREATE_RESOURCES,
        Capacity.LINGER_MS,
        Capacity.MAX_MESSAGE_BYTES,
        Capacity.MAX_BODY_BYTES,
        MAX_COLLECTION_PAYLOADS,
        MAX_IN_FLIGHT_BYTES,
        ACK_TIMEOUT_MS,
        Capacity.SEND_THREADS,
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
    reader.get(LogFormat.SETTING);
    WebSettings settings = values(reader, heapBytes, openFiles);
    settings.requireRelations(reader, openFiles);
    return settings.withEffective(reader.finish());
  }

  private static WebSettings values(SettingsReader reader, long heapBytes, long openFiles) {
    int sendThreads = reader.get(Capacity.SEND_THREADS);
    return new WebSettings(
        ListenAddress.read(reader, ADDRESS, PORT),
        ListenAddress.read(reader, ADMIN_ADDRESS, ADMIN_PORT),
        reader
            .ifGiven(MAX_CONNECTIONS)
            .orElseGet(() -> defaultConnections(heapBytes, openFiles - reservedFiles(sendThreads))),
        reader.get(QUEUE_NAME),
        reader.get(CREATE_RESOURCES),
        reader.get(Capacity.LINGER_MS),
        reader
            .ifGiven(Capacity.MAX_MESSAGE_BYTES)
            .map(OptionalInt::of)
            .orElseGet(OptionalInt::empty),
        reader.get(Capacity.MAX_BODY_BYTES),
        reader.get(MAX_COLLECTION_PAYLOADS),
        reader.ifGiven(MAX_IN_FLIGHT_BYTES, bytes -> bytes <= heapBytes / 2).orElse(heapBytes / 4),
        reader.get(ACK_TIMEOUT_MS),
        sendThreads,
        reader.get(DRAIN_DELAY_MS),
        reader.get(CODEC),
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
