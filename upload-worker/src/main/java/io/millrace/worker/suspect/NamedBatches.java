package io.millrace.worker.suspect;

import io.millrace.model.BatchId;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The batches that one manifest names, packed: for each writer its number, then the gaps between
 * its sequence numbers, each as few bytes as it needs. A roll holds numbers of a writer that are
 * close together, so a batch takes 1 byte behind up to 128 workers and 2 behind up to 16,000.
 *
 * <p>Exact, immutable.
 */
final class NamedBatches {
  /** Of a manifest that names none. */
  static final NamedBatches NONE = new NamedBatches(new byte[0]);

  private final byte[] packed;

  private NamedBatches(byte[] packed) {
    this.packed = packed;
  }

  /** Bytes that it takes. */
  int bytes() {
    return packed.length;
  }

  /**
   * Gathers a manifest's batches, in at most {@value #MAX_BYTES} bytes: enough for as many batches
   * as a manifest may have, of 5,000 writers. Not thread-safe.
   */
  static final class Builder {
    /** Most bytes that it takes. */
    static final int MAX_BYTES = 3 << 20;

    /** What a writer takes: its name, its place in the table, its first numbers. */
    private static final int WRITER_BYTES = 200;

    private final Map<String, Numbers> byWriter = new HashMap<>();
    private long bytes;

    /**
     * Adds a batch; what has another form than a batch's id is none, and no one asks for it. If all
     * take more than {@value #MAX_BYTES} bytes, it gives them up and takes no more.
     */
    void add(String batch) {
      if (isGivenUp()) {
        return;
      }
      BatchId id;
      try {
        id = BatchId.parse(batch);
      } catch (IllegalArgumentException e) {
        return;
      }
      int writers = byWriter.size();
      Numbers numbers = byWriter.computeIfAbsent(id.writer(), writer -> new Numbers());
      bytes += (long) WRITER_BYTES * (byWriter.size() - writers) + numbers.add(id.seq());
      if (isGivenUp()) {
        byWriter.clear();
      }
    }

    /** Whether they took too much, so that there is nothing to pack. */
    boolean isGivenUp() {
      return bytes > MAX_BYTES;
    }

    /**
     * Packs them. Called once, and not if they are given up.
     *
     * @param writers gives each writer its number, from 0
     */
    NamedBatches pack(ToIntFunction<String> writers) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(64 + 8 * byWriter.size());
      ByteArrayOutputStream gaps = new ByteArrayOutputStream();
      byWriter.forEach(
          (writer, numbers) -> {
            gaps.reset();
            long last = 0;
            numbers.sort();
            for (int i = 0; i < numbers.count; i++) {
              long number = numbers.numbers[i];
              if (number != last) { // else named twice
                write(number - last, gaps);
                last = number;
              }
            }
            write(writers.applyAsInt(writer), out);
            write(gaps.size(), out);
            out.writeBytes(gaps.toByteArray());
          });
      return new NamedBatches(out.toByteArray());
    }

    /** 7 bits a byte, the lowest first; the top bit says that another byte follows. */
    private static void write(long value, ByteArrayOutputStream out) {
      long left = value;
      while (left > 127) {
        out.write((int) ((left & 127) | 128));
        left >>>= 7;
      }
      out.write((int) left);
    }
  }

  /** A writer's numbers in one manifest. */
  private static final class Numbers {
    private long[] numbers = new long[4];
    private int count;

    /** Returns how many bytes more it takes. */
    long add(long number) {
      int more = count == numbers.length ? count : 0;
      if (more > 0) {
        numbers = Arrays.copyOf(numbers, count + more);
      }
      numbers[count++] = number;
      return (long) Long.BYTES * more;
    }

    /** In place: a copy may be a megabyte. */
    void sort() {
      Arrays.sort(numbers, 0, count);
    }
  }

  /**
   * Finds the batches that are asked for.
   *
   * @param asked gives the numbers asked for of a writer, in ascending order; null if there are
   *     none
   * @param found called with the writer's number and the batch's, for each that is named here
   */
  void find(IntFunction<long @Nullable []> asked, Found found) {
    int at = 0;
    while (at < packed.length) {
      int writer = (int) value(at);
      at = behind(at);
      int length = (int) value(at);
      at = behind(at);
      long @Nullable [] numbers = asked.apply(writer);
      if (numbers != null) {
        find(numbers, at, at + length, seq -> found.batch(writer, seq));
      }
      at += length;
    }
  }

  /** A batch that was asked for is named. */
  @FunctionalInterface
  interface Found {
    void batch(int writer, long seq);
  }

  private void find(long[] asked, int start, int end, LongConsumer found) {
    long number = 0;
    int next = 0;
    for (int at = start; at < end; at = behind(at)) {
      number += value(at);
      while (next < asked.length && asked[next] < number) {
        next++;
      }
      if (next == asked.length) {
        return;
      }
      if (asked[next] == number) {
        found.accept(number);
      }
    }
  }

  private long value(int start) {
    long value = packed[start] & 127;
    for (int at = start, shift = 7; packed[at] < 0; shift += 7) {
      value |= (packed[++at] & 127L) << shift;
    }
    return value;
  }

  private int behind(int start) {
    int at = start;
    while (packed[at] < 0) {
      at++;
    }
    return at + 1;
  }
}
