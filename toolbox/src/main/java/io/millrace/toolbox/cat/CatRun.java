package io.millrace.toolbox.cat;

import io.millrace.model.Codec;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStoreException;
import io.millrace.toolbox.bucket.HourListing;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.compressed.CompressedInput;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/** One run of {@code cat}. Used once, by one thread. */
final class CatRun {
  private final ObjectKeys keys;
  private final Reads reads;
  private final PrintWriter err;
  private long found;
  private long failed;

  /**
   * Prints nothing yet.
   *
   * @param keys the keys' form
   * @param err for messages
   */
  CatRun(ObjectKeys keys, Reads reads, PrintWriter err) {
    this.keys = keys;
    this.reads = reads;
    this.err = err;
  }

  /**
   * Prints the lines of all objects in the range. An object that can't be read is named, and the
   * others are printed all the same.
   *
   * @return the exit code: 0 also if the reader of {@code out} went away, 1 if an object failed or
   *     there was none
   * @throws IOException if {@code out} can't be written
   * @throws ObjectStoreException if keys can't be listed
   */
  int print(HourRange hours, OutputStream out) throws IOException, InterruptedException {
    LineCopier copier = new LineCopier(out);
    try {
      HourListing objects = new HourListing(reads, keys.prefix(), hours, keys::isData);
      for (ObjectInfo next = objects.next(); next != null; next = objects.next()) {
        printOne(next.key(), copier);
      }
    } catch (IOException failure) {
      if (!isBrokenPipe(failure)) {
        throw failure;
      }
      return failed == 0 ? 0 : 1;
    }
    if (found == 0) {
      err.println("no objects found under '" + keys.prefix() + "dt=…/hour=…/'");
      return 1;
    }
    return failed == 0 ? 0 : 1;
  }

  private void printOne(String key, LineCopier copier) throws IOException {
    found++;
    try (InputStream lines = open(key)) {
      copier.copy(lines);
    } catch (UnreadableException unreadable) {
      failed++;
      err.println(key + " can't be read: " + unreadable.getMessage());
    }
  }

  private InputStream open(String key) throws UnreadableException {
    try {
      InputStream raw = reads.store().get(key); // once: what is printed can't be taken back
      return key.endsWith(Codec.ZSTD.suffix())
          ? CompressedInput.zstd(raw)
          : CompressedInput.gzip(raw);
    } catch (IOException | RuntimeException missing) {
      throw new UnreadableException(missing);
    }
  }

  private static boolean isBrokenPipe(IOException failure) {
    String message = failure.getMessage();
    return message != null && message.contains("Broken pipe");
  }
}
