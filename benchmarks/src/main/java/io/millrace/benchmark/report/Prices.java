package io.millrace.benchmark.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What requests cost, as in a price file; storage and traffic are not in it.
 *
 * @param region whose prices these are
 * @param sqsDollarsPerMillion requests, of which each 64 KiB of a call is one
 * @param s3PutListDollarsPerThousand PUT and LIST requests
 * @param s3GetDollarsPerThousand GET and HEAD requests
 */
@JsonIgnoreProperties({
  "s3StorageDollarsPerGibMonth",
  "sources",
  "network",
  "instances"
}) // of a file made for the plan
public record Prices(
    String region,
    double sqsDollarsPerMillion,
    double s3PutListDollarsPerThousand,
    double s3GetDollarsPerThousand) {
  private static final double MILLION = 1e6;
  private static final double THOUSAND = 1e3;

  /**
   * Reads a price file.
   *
   * @param file null for the one in this module, AWS in us-east-1
   * @throws IOException if it can't be read
   */
  public static Prices read(@Nullable Path file) throws IOException {
    try (InputStream in = file == null ? own() : Files.newInputStream(file)) {
      return new ObjectMapper().readValue(in, Prices.class);
    }
  }

  /**
   * Dollars: SQS requests as billed × price ÷ 10⁶ + (PUT + LIST) × price ÷ 10³ + (GET + HEAD) ×
   * price ÷ 10³.
   */
  public double dollars(ServiceUse use) {
    return use.sqsBilled() * sqsDollarsPerMillion / MILLION
        + use.s3Puts() * s3PutListDollarsPerThousand / THOUSAND
        + use.s3Gets() * s3GetDollarsPerThousand / THOUSAND;
  }

  /**
   * Dollars for a million of the requests that the use was for.
   *
   * @param requests of clients, more than 0
   */
  public double dollarsPerMillion(ServiceUse use, double requests) {
    return dollars(use) * MILLION / requests;
  }

  private static InputStream own() {
    return Objects.requireNonNull(Prices.class.getResourceAsStream("/prices.json"), "prices.json");
  }
}
