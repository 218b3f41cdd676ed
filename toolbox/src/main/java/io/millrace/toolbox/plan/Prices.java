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
 * @param what whose prices these are, and of when
 * @param sqsRequest one request to SQS, of up to 64 KiB
 * @param s3Write one PUT or LIST
 * @param s3GibMonth a GiB kept for a month
 */
record Prices(String what, double sqsRequest, double s3Write, double s3GibMonth) {
  private static final String SHIPPED = "prices.json";

  /**
   * @param file null for the prices that come with this program
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
        numbers.text("/what"),
        numbers.number("/sqsUsdPerMillionRequests", 0) / 1e6,
        numbers.number("/s3PutOrListUsdPerThousand", 0) / 1e3,
        numbers.number("/s3StorageUsdPerGibMonth", 0));
  }
}
