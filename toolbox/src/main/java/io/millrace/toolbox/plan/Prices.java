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
 * @param requests to SQS and S3
 * @param s3GibMonth a GiB kept for a month; null if the file doesn't have it
 * @param network between clients, tiers and SQS; null if the file doesn't have it
 * @param instanceCore a core for an hour, with 2 GiB of memory; null if the file doesn't have it
 */
public record Prices(
    Requests requests,
    @Nullable Double s3GibMonth,
    @Nullable Network network,
    @Nullable Double instanceCore) {
  private static final String SHIPPED = "prices.json";
  private static final String READS = "/s3GetDollarsPerThousand";
  private static final String STORAGE = "/s3StorageDollarsPerGibMonth";
  private static final String NETWORK = "/network";
  private static final String INSTANCES = "/instances";
  private static final int GIB_OF_A_CORE = 2;

  /**
   * What requests cost, named as in a price file.
   *
   * @param region whose prices these are
   * @param sqsDollarsPerMillion requests to SQS, of which each 64 KiB of a call is one
   * @param s3PutListDollarsPerThousand PUT and LIST requests
   * @param s3GetDollarsPerThousand GET and HEAD requests; 0 if the file doesn't have it
   */
  public record Requests(
      String region,
      double sqsDollarsPerMillion,
      double s3PutListDollarsPerThousand,
      double s3GetDollarsPerThousand) {

    /** Dollars for one request to SQS. */
    public double sqsRequest() {
      return sqsDollarsPerMillion / 1e6;
    }

    /** Dollars for one PUT or LIST. */
    public double s3Write() {
      return s3PutListDollarsPerThousand / 1e3;
    }

    /** Dollars for one GET or HEAD. */
    public double s3Read() {
      return s3GetDollarsPerThousand / 1e3;
    }
  }

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
  public record Network(
      double endpointHour,
      double endpointGb,
      double natHour,
      double natGb,
      double balancerHour,
      double balancerUnitHour) {}

  /**
   * Reads a price file.
   *
   * @param file null for the prices of this program, AWS in us-east-1
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if a price is missing or negative
   */
  public static Prices read(@Nullable Path file) throws IOException {
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
        new Requests(
            numbers.text("/region"),
            numbers.number("/sqsDollarsPerMillion", 0),
            numbers.number("/s3PutListDollarsPerThousand", 0),
            numbers.has(READS) ? numbers.number(READS, 0) : 0),
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
