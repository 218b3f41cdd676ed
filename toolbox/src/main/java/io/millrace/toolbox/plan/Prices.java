package io.millrace.toolbox.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What AWS asks for, in US dollars.
 *
 * @param region whose prices these are
 * @param sqsRequest one request to SQS, of up to 64 KiB
 * @param s3Write one PUT or LIST
 * @param s3GibMonth a GiB kept for a month; null if the file doesn't tell
 */
record Prices(String region, double sqsRequest, double s3Write, @Nullable Double s3GibMonth) {
  private static final String SHIPPED = "prices.json";
  private static final String STORAGE = "/s3StorageDollarsPerGibMonth";

  /**
   * @param file the form that bench has, too; null for the prices of this program
   * @throws IllegalArgumentException if a price is missing or negative
   */
  static Prices read(@Nullable Path file) throws IOException {
    return file == null ? shipped() : of(file.toString(), Files.readAllBytes(file));
  }

  private static Prices shipped() {
    try (InputStream in = Objects.requireNonNull(Prices.class.getResourceAsStream(SHIPPED))) {
      return of(SHIPPED, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading a resource of this program", e);
    }
  }

  private static Prices of(String source, byte[] json) {
    JsonNumbers numbers = JsonNumbers.parse(source, json);
    return new Prices(
        numbers.text("/region"),
        numbers.number("/sqsDollarsPerMillion", 0) / 1e6,
        numbers.number("/s3PutListDollarsPerThousand", 0) / 1e3,
        numbers.has(STORAGE) ? numbers.number(STORAGE, 0) : null);
  }
}
