package io.millrace.worker;

import io.millrace.config.Capacity;
import io.millrace.config.ListenAddress;
import io.millrace.config.Setting;
import io.millrace.config.SettingsReader;
import io.millrace.model.FolderTemplate;
import io.millrace.object.PutHeaders;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueName;
import io.millrace.run.LogFormat;
import io.millrace.trace.TraceSettings;
import io.millrace.worker.settle.DeadLetters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings of a worker, checked.
 *
 * @param admin where health and metrics are; port 0 for any free one
 * @param keyPrefix empty, or ending in a slash
 * @param maxWorkers uploader threads
 * @param maxQueue closed rolls that wait before pollers do
 * @param rollMaxBytes most compressed bytes of an object, some more held for each batch counted in
 * @param putHeaders ACL and encryption of every object
 * @param objectFolder of each object in the layout {@code payload}; empty in the layout {@code
 *     rolled}
 * @param traces where they go, and of what
 * @param effective all settings as texts, for the log
 */
public record WorkerSettings(
    InetSocketAddress admin,
    String queueName,
    String bucket,
    String keyPrefix,
    boolean createResources,
    int maxWorkers,
    int maxQueue,
    int pollers,
    long rollMaxBytes,
    Duration rollMaxAge,
    Duration visibilityTimeout,
    Duration putTimeout,
    int maxReceives,
    PutHeaders putHeaders,
    Optional<FolderTemplate> objectFolder,
    TraceSettings traces,
    Map<String, String> effective) {

  /** Threads that check suspects. */
  static final int CHECKERS = 4;

  private static final String SERVICE = "millrace-worker";
  private static final long MIB = 1 << 20;

  /** A batch unpacked, for one thread: its lines, and what is told apart of them. */
  static final long UNPACKED_BYTES = 4 * MIB;

  private static final String ROLLED = "rolled";

  private static final Setting<Integer> ADMIN_PORT =
      Setting.integer("ADMIN_PORT", 8082, 0, 65_535, "", "Port of health and metrics, 0 for any");
  private static final Setting<InetAddress> ADMIN_ADDRESS =
      ListenAddress.of("ADMIN_ADDRESS", ADMIN_PORT);
  private static final Setting<String> QUEUE_NAME = QueueName.setting("QUEUE_NAME", "millrace");
  private static final Setting<String> BUCKET =
      Setting.text(
          "BUCKET",
          "",
          "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
          "a bucket name, 3 to 63 of a-z 0-9 . -",
          "Bucket of the objects");
  private static final Setting<String> KEY_PREFIX =
      Setting.text(
          "KEY_PREFIX",
          "",
          "(?=.{0,200}$)([A-Za-z0-9_=-][A-Za-z0-9._=-]*/)*",
          "empty, or up to 200 of A-Z a-z 0-9 . _ = - / ending in /",
          "What all keys begin with");
  private static final Setting<Boolean> CREATE_RESOURCES =
      Setting.flag(
          "CREATE_RESOURCES", "Create queue, dead-letter queue and bucket if they are missing");
  private static final Setting<Integer> MAX_RECEIVES =
      Setting.integer(
          "MAX_RECEIVES",
          20,
          1,
          500,
          "",
          "A message received more often goes to the dead-letter queue");
  private static final Setting<Boolean> OBJECT_LAYOUT =
      Setting.choice(
          "OBJECT_LAYOUT",
          List.of(ROLLED, "payload"),
          "One object for many batches, or one for each payload",
          ROLLED::equals);
  private static final Setting<FolderTemplate> OBJECT_FOLDER =
      Setting.parsed(
          "OBJECT_FOLDER",
          "dt={dt}/hour={hour}",
          "names of A-Z a-z 0-9 . _ = - {dt} {hour} {version} {token} with / between, none with .."
              + " or begun by . or _; a name up to 255 bytes, all up to 767, with 233 for each"
              + " version or token",
          "Folder of each object in the layout payload",
          FolderTemplate::parse);
  private static final Setting<String> OBJECT_ACL =
      Setting.choice(
          "OBJECT_ACL",
          List.of("none", "private", "bucket-owner-full-control"),
          "Canned ACL of every object; buckets without ACLs refuse any",
          Function.identity());
  private static final Setting<String> OBJECT_SSE =
      Setting.text(
          "OBJECT_SSE",
          "none",
          PutHeaders.ENCRYPTION_PATTERN,
          "none, AES256, aws:kms or aws:kms:KEY with the key's id or ARN",
          "Encryption that each PUT asks for; none leaves it to the bucket");

  /** All settings, in the order of the help text. */
  public static final List<Setting<?>> ALL =
      Stream.concat(own(), TraceSettings.all(SERVICE).stream()).toList();

  private static Stream<Setting<?>> own() {
    return Stream.of(
        ADMIN_PORT,
        ADMIN_ADDRESS,
        QUEUE_NAME,
        BUCKET,
        KEY_PREFIX,
        CREATE_RESOURCES,
        Capacity.MAX_WORKERS,
        Capacity.MAX_QUEUE,
        Capacity.POLLERS,
        Capacity.ROLL_MAX_BYTES,
        Capacity.ROLL_MAX_AGE_MS,
        Capacity.VISIBILITY_TIMEOUT_SECONDS,
        Capacity.PUT_TIMEOUT_MS,
        MAX_RECEIVES,
        OBJECT_LAYOUT,
        OBJECT_FOLDER,
        OBJECT_ACL,
        OBJECT_SSE,
        LogFormat.SETTING);
  }

  /**
   * Reads and checks.
   *
   * @param given environment and options as texts
   * @param heapBytes the heap's limit
   * @throws io.millrace.config.ConfigurationException with every fault
   */
  public static WorkerSettings read(Map<String, String> given, long heapBytes) {
    SettingsReader reader = new SettingsReader(given);
    reader.get(LogFormat.SETTING);
    WorkerSettings settings = values(reader);
    settings.requireRelations(reader, heapBytes);
    return settings.withEffective(reader.finish());
  }

  /** Most bytes that rolls hold: open, waiting and being uploaded. */
  long rollBytes() {
    return (Capacity.OPEN_ROLLS + (long) maxQueue + maxWorkers) * rollMaxBytes;
  }

  /**
   * Most bytes that manifests take which are kept to look for suspects: an eighth of the heap, less
   * if rolls need it, but 4 MiB, which hold some million batches.
   *
   * @param heapBytes the heap's limit
   */
  long manifestBytes(long heapBytes) {
    return Math.max(4 * MIB, Math.min(heapBytes / 8, (heapBytes - neededBytes()) / 2));
  }

  private long neededBytes() {
    long messages = (long) pollers * MessageQueue.MAX_BATCH_ENTRIES * MIB;
    long unpacked = isRolled() ? 0 : (pollers + (long) maxWorkers) * UNPACKED_BYTES;
    return rollBytes() + messages + unpacked + DeadLetters.MAX_BYTES;
  }

  /** Whether many batches become one object, in the layout {@code rolled}. */
  public boolean isRolled() {
    return objectFolder.isEmpty();
  }

  /** Most calls to the store at once. */
  int storeCalls() {
    return maxWorkers + CHECKERS;
  }

  private static WorkerSettings values(SettingsReader reader) {
    return new WorkerSettings(
        ListenAddress.read(reader, ADMIN_ADDRESS, ADMIN_PORT),
        reader.get(QUEUE_NAME),
        reader.get(BUCKET),
        reader.get(KEY_PREFIX),
        reader.get(CREATE_RESOURCES),
        reader.get(Capacity.MAX_WORKERS),
        reader.get(Capacity.MAX_QUEUE),
        reader.get(Capacity.POLLERS),
        reader.get(Capacity.ROLL_MAX_BYTES),
        reader.get(Capacity.ROLL_MAX_AGE_MS),
        reader.get(Capacity.VISIBILITY_TIMEOUT_SECONDS),
        reader.get(Capacity.PUT_TIMEOUT_MS),
        reader.get(MAX_RECEIVES),
        PutHeaders.of(reader.get(OBJECT_ACL), reader.get(OBJECT_SSE)),
        folder(reader),
        TraceSettings.read(reader, SERVICE),
        Map.of());
  }

  private static Optional<FolderTemplate> folder(SettingsReader reader) {
    boolean rolled = reader.get(OBJECT_LAYOUT);
    FolderTemplate folder = reader.get(OBJECT_FOLDER);
    reader.require(
        !rolled || !reader.isGiven(OBJECT_FOLDER),
        "OBJECT_FOLDER holds in the layout payload only, but OBJECT_LAYOUT is rolled");
    return rolled ? Optional.empty() : Optional.of(folder);
  }

  private void requireRelations(SettingsReader reader, long heapBytes) {
    long needed = neededBytes();
    reader.require(
        needed <= heapBytes,
        "the heap must hold (%d open rolls + MAX_QUEUE %d + MAX_WORKERS %d) x ROLL_MAX_BYTES %d + POLLERS %d x 10 messages of 1 MiB%s + 8 MiB of dead letters = %d bytes, but is limited to %d bytes"
            .formatted(
                Capacity.OPEN_ROLLS,
                maxQueue,
                maxWorkers,
                rollMaxBytes,
                pollers,
                isRolled() ? "" : " + (POLLERS + MAX_WORKERS) x 4 MiB of lines",
                needed,
                heapBytes));
    reader.require(
        rollMaxAge.plus(putTimeout).compareTo(visibilityTimeout) < 0,
        "VISIBILITY_TIMEOUT_SECONDS must be more than ROLL_MAX_AGE_MS + PUT_TIMEOUT_MS, %d ms, but is %d s"
            .formatted(rollMaxAge.plus(putTimeout).toMillis(), visibilityTimeout.toSeconds()));
  }

  private WorkerSettings withEffective(Map<String, String> texts) {
    return new WorkerSettings(
        admin,
        queueName,
        bucket,
        keyPrefix,
        createResources,
        maxWorkers,
        maxQueue,
        pollers,
        rollMaxBytes,
        rollMaxAge,
        visibilityTimeout,
        putTimeout,
        maxReceives,
        putHeaders,
        objectFolder,
        traces,
        texts);
  }
}
