package io.millrace.benchmark.check;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Counts the objects in a bucket's folder, without reading them. */
public final class StoredObjects {
  /** The article's keys end in a time in nanoseconds; the store's unfinished files do not. */
  private static final Predicate<String> TIME = Pattern.compile("\\d{19}").asMatchPredicate();

  /** Longer than an open roll is, so that nothing is under way when nothing comes. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_EVERY_MS = 500;

  private StoredObjects() {}

  /** Payloads, of which each is an object whose name is a time. */
  public static long payloads(Path bucket) throws IOException {
    return count(bucket, TIME);
  }

  /**
   * Waits until no object has come for some seconds.
   *
   * @throws IOException if objects come for minutes
   */
  public static void awaitQuiet(Path bucket) throws IOException, InterruptedException {
    long began = System.nanoTime();
    long changed = began;
    long before = -1;
    while (System.nanoTime() - changed < QUIET.toNanos()) {
      long now = count(bucket, name -> true);
      if (now != before) {
        before = now;
        changed = System.nanoTime();
      }
      if (changed - began > PATIENCE.toNanos()) {
        throw new IOException("objects still come into " + bucket + " after " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }

  /** A store's unfinished file may be renamed while it is looked at. */
  private static long count(Path bucket, Predicate<String> name) throws IOException {
    AtomicLong count = new AtomicLong();
    Files.walkFileTree(
        bucket,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (name.test(file.getFileName().toString())) {
              count.incrementAndGet();
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return count.get();
  }
}
