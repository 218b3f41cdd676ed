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

  /** Gathers a manifest's batches. Not thread-safe. */
  static final class Builder {
    private final Map<String, Numbers> byWriter = new HashMap<>();

    /** Adds a batch; what has another form than a batch's id is none, and no one asks for it. */
    void add(String batch) {
      BatchId id;
      try {
        id = BatchId.parse(batch);
      } catch (IllegalArgumentException e) {
        return;
      }
      byWriter.computeIfAbsent(id.writer(), writer -> new Numbers()).add(id.seq());
    }

    /**
     * Packs them.
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
            for (long number : numbers.sorted()) {
              write(number - last, gaps);
              last = number;
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

    void add(long number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number;
    }

    long[] sorted() {
      return Arrays.stream(numbers, 0, count).sorted().distinct().toArray();
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
