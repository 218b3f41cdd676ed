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
 * @param network between clients, tiers and SQS; null if the file doesn't tell
 * @param instanceCore a core for an hour, with 2 GiB of memory; null if the file doesn't tell
 */
record Prices(
    String region,
    double sqsRequest,
    double s3Write,
    @Nullable Double s3GibMonth,
    @Nullable Network network,
    @Nullable Double instanceCore) {
  private static final String SHIPPED = "prices.json";
  private static final String STORAGE = "/s3StorageDollarsPerGibMonth";
  private static final String NETWORK = "/network";
  private static final String INSTANCES = "/instances";
  private static final int GIB_OF_A_CORE = 2;

  /**
   * What passes to and from the tiers.
   *
   * @param endpointHour an interface endpoint in one zone
   * @param endpointGb 10⁹ bytes through it, either way
   * @param natHour a NAT gateway
   * @param natGb 10⁹ bytes through it, either way
   * @param balancerHour an application load balancer
   * @param balancerUnitHour one of its capacity units, such as 10⁹ bytes in an hour
   */
  record Network(
      double endpointHour,
      double endpointGb,
      double natHour,
      double natGb,
      double balancerHour,
      double balancerUnitHour) {}

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
        numbers.has(STORAGE) ? numbers.number(STORAGE, 0) : null,
        numbers.has(NETWORK) ? network(numbers) : null,
        numbers.has(INSTANCES) ? core(numbers) : null);
  }

  private static Network network(JsonNumbers numbers) {
    return new Network(
        numbers.number(NETWORK + "/endpointDollarsPerHour", 0),
        numbers.number(NETWORK + "/endpointDollarsPerGb", 0),
        numbers.number(NETWORK + "/natDollarsPerHour", 0),
        numbers.number(NETWORK + "/natDollarsPerGb", 0),
        numbers.number(NETWORK + "/balancerDollarsPerHour", 0),
        numbers.number(NETWORK + "/balancerUnitDollarsPerHour", 0));
  }

  private static double core(JsonNumbers numbers) {
    return numbers.number(INSTANCES + "/coreDollarsPerHour", 0)
        + GIB_OF_A_CORE * numbers.number(INSTANCES + "/gibDollarsPerHour", 0);
  }
}
