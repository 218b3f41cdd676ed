package io.millrace.toolbox.post;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One collection in the making: the body's bytes, and where its payloads lie in them. Used again
 * for each collection of a sender; one thread's own.
 */
final class CollectionBuffer {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private final byte[] head;
  private byte[] bytes;
  private int length;
  private int open;
  private int[] starts;
  private int[] ends;
  private long[] lines;
  private int payloads;
  private Origin origin = new Origin("", 0, 0, true);

  /**
   * Where the collection comes from.
   *
   * @param file the input's name
   * @param number of the collection in the run, from 0
   * @param dueNanos when it is meant to be sent, as of {@link io.millrace.time.Ticker#nanos}
   * @param unchecked whether its lines have not been sent before in this run
   */
  record Origin(String file, long number, long dueNanos, boolean unchecked) {}

  /**
   * An empty buffer.
   *
   * @param maxPayloads most payloads it takes, at least 1
   */
  CollectionBuffer(String version, String token, int maxPayloads) {
    String text = "{\"version\":\"" + quote(version) + "\",\"token\":\"" + quote(token) + "\",";
    head = (text + "\"data\":[").getBytes(StandardCharsets.UTF_8);
    bytes = Arrays.copyOf(head, head.length + 4096);
    starts = new int[Math.min(maxPayloads, 64)];
    ends = new int[starts.length];
    lines = new long[starts.length];
    clear();
  }

  /** Forgets the payloads. */
  void clear() {
    length = head.length;
    open = length;
    payloads = 0;
  }

  /**
   * Adds bytes to the line that is open.
   *
   * @return false if the collection would get larger than 64 MiB
   */
  boolean append(byte[] from, int start, int end) {
    int needed = length + (end - start) + 2;
    if (needed > MAX_BYTES) {
      return false;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(MAX_BYTES, bytes.length * 2)));
    }
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
    return true;
  }

  /**
   * Ends the open line; without blanks at both ends it is a payload.
   *
   * @param line its number in the file, from 1
   * @return false if the line was blank and is left out
   */
  boolean endLine(long line) {
    int start = open;
    int end = length;
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    if (start == end) {
      length = open;
      return false;
    }
    mark(start, end, line);
    bytes[end] = ',';
    length = end + 1;
    open = length;
    return true;
  }

  /** Ends a collection of at least one payload; the body is then complete. */
  void finish(Origin from) {
    origin = from;
    bytes[length - 1] = ']';
    bytes[length] = '}';
    length++;
  }

  private void mark(int start, int end, long line) {
    if (payloads == starts.length) {
      starts = Arrays.copyOf(starts, payloads * 2);
      ends = Arrays.copyOf(ends, payloads * 2);
      lines = Arrays.copyOf(lines, payloads * 2);
    }
    starts[payloads] = start;
    ends[payloads] = end;
    lines[payloads] = line;
    payloads++;
  }

  /** The array that holds the body in its first {@link #length} bytes; may be changed in place. */
  byte[] bytes() {
    return bytes;
  }

  /** Bytes of the body. */
  int length() {
    return length;
  }

  /** How many payloads it holds. */
  int payloads() {
    return payloads;
  }

  /** Index of a payload's first byte. */
  int start(int payload) {
    return starts[payload];
  }

  /** Index behind a payload's last byte. */
  int end(int payload) {
    return ends[payload];
  }

  /** Number of a payload's line in its file, from 1. */
  long line(int payload) {
    return lines[payload];
  }

  /** Where the finished collection comes from. */
  Origin origin() {
    return origin;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\r' || b == '\t';
  }

  private static String quote(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
