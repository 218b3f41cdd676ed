package io.millrace.config;

import java.time.Duration;

/**
 * The settings and numbers that bound what the tiers hold, send and wait for. They stand here
 * because {@code plan} reckons with them too: it takes each from the declaration that the tiers run
 * by.
 */
public final class Capacity {
  private static final int MIB = 1 << 20;

  /** Of the web tier. */
  public static final Setting<Duration> LINGER_MS =
      Setting.millis("LINGER_MS", 50, 0, 60_000, "How long a batch waits for further collections");

  /** Of the web tier. */
  public static final Setting<Integer> MAX_MESSAGE_BYTES =
      Setting.integer(
          "MAX_MESSAGE_BYTES",
          16_384,
          MIB,
          "bytes",
          "Largest message; without it the queue's MaximumMessageSize, 262144 if it tells none");

  /** Of the web tier. */
  public static final Setting<Integer> MAX_BODY_BYTES =
      Setting.integer(
          "MAX_BODY_BYTES", MIB, 1024, 64 * MIB, "bytes", "Largest body, sent or unpacked");

  /** Of the web tier. */
  public static final Setting<Integer> SEND_THREADS =
      Setting.integer("SEND_THREADS", 16, 1, 256, "", "Sends to SQS at once");

  /** Of a worker. */
  public static final Setting<Integer> MAX_WORKERS =
      Setting.integer("MAX_WORKERS", 4, 1, 256, "", "Uploads to S3 at once");

  /** Of a worker. */
  public static final Setting<Integer> MAX_QUEUE =
      Setting.integer(
          "MAX_QUEUE", 4, 1, 1024, "rolls", "Closed rolls that wait before receiving pauses");

  /** Of a worker. */
  public static final Setting<Integer> POLLERS =
      Setting.integer("POLLERS", 2, 1, 64, "", "Receives from SQS at once");

  /** Of a worker. */
  public static final Setting<Long> ROLL_MAX_BYTES =
      Setting.bytes(
          "ROLL_MAX_BYTES",
          16 * MIB,
          MIB,
          1024 * MIB,
          "Largest object, with 1024 bytes counted for each batch");

  /** Of a worker. */
  public static final Setting<Duration> ROLL_MAX_AGE_MS =
      Setting.millis("ROLL_MAX_AGE_MS", 30_000, 1, 3_600_000, "How long a roll stays open");

  /** Of a worker. */
  public static final Setting<Duration> VISIBILITY_TIMEOUT_SECONDS =
      Setting.seconds(
          "VISIBILITY_TIMEOUT_SECONDS",
          120,
          1,
          43_200,
          "How long received messages stay hidden from other workers");

  /** Of a worker. */
  public static final Setting<Duration> PUT_TIMEOUT_MS =
      Setting.millis(
          "PUT_TIMEOUT_MS",
          15_000,
          100,
          600_000,
          "For one PUT and its answer, longer by 1 s for each 256 KiB");

  /** The longest that a receive waits if there is nothing; SQS allows no more. */
  public static final Duration LONG_POLL = Duration.ofSeconds(20);

  /**
   * A poller's pause after a receive that brought some messages, but fewer than it could: a long
   * poll answers as soon as there is one, and without the pause a steady trickle would cost a
   * request a message.
   */
  public static final Duration GATHER = Duration.ofMillis(100);

  /** Open rolls together may hold as much as this many full ones. */
  public static final int OPEN_ROLLS = 4;

  /** What a batch takes beside its frame: receipt handle, header and manifest entry, in bytes. */
  public static final int BATCH_OVERHEAD_BYTES = 1024;

  /**
   * Messages that a worker may hold before it closes rolls early: SQS gives out about 120,000 of a
   * queue at once, past that receives bring nothing.
   */
  public static final int MAX_HELD_MESSAGES = 80_000;

  private Capacity() {}
}
