package io.millrace.benchmark.abuse;

import static io.millrace.benchmark.abuse.HostileTexts.CLOSE;
import static io.millrace.benchmark.abuse.HostileTexts.OPEN;
import static io.millrace.benchmark.abuse.HostileTexts.deep;
import static io.millrace.benchmark.abuse.HostileTexts.letters;
import static io.millrace.benchmark.abuse.HostileTexts.names;
import static io.millrace.benchmark.abuse.HostileTexts.object;
import static io.millrace.benchmark.abuse.HostileTexts.payload;
import static io.millrace.benchmark.abuse.HostileTexts.repeated;
import static io.millrace.benchmark.abuse.HostileTexts.tokenOf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.CollectionBody;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.body.GeneratedBodies;
import io.millrace.benchmark.load.Requests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Requests that try to cost more than their size allows, and the two normal ones that they are
 * compared with. Each kind asks for the most of one thing: parsing, unpacking, lines, log text.
 *
 * <p>Stateless and thread-safe.
 */
public final class HostileBodies {
  /** Bytes of the full normal body, and of what the others unpack to: just below 1 MiB. */
  private static final int FULL_BYTES = 1_000_000;

  private static final int SMALL_BYTES = 1100;
  private static final int SMALL_PAYLOADS = 4;

  /** Of a generated payload. */
  private static final int EVENT_BYTES = 275;

  private HostileBodies() {}

  /**
   * Requests of one kind.
   *
   * @param name in reports
   * @param unpackedBytes of a body
   */
  public record Kind(String name, Requests requests, long unpackedBytes) {}

  /** A plain collection of four events, by which costs for each byte are compared. */
  public static Kind small() {
    List<CollectionBody> bodies =
        GeneratedBodies.make(new BodySpec(500, SMALL_BYTES, SMALL_PAYLOADS, Encoding.NONE, 1));
    return new Kind("normal, 1.1 KB", post(bodies, Encoding.NONE), SMALL_BYTES);
  }

  /** A plain collection of nearly MAX_BODY_BYTES, by which costs of a request are compared. */
  public static Kind full() {
    List<CollectionBody> bodies =
        GeneratedBodies.make(
            new BodySpec(8, FULL_BYTES, FULL_BYTES / EVENT_BYTES, Encoding.NONE, 1));
    return new Kind("normal, 1 MB", post(bodies, Encoding.NONE), FULL_BYTES);
  }

  /** The normal bodies of nearly MAX_BODY_BYTES, plain and packed. */
  public static List<Kind> validOfFullSize() {
    List<CollectionBody> packed =
        GeneratedBodies.make(
            new BodySpec(8, FULL_BYTES, FULL_BYTES / EVENT_BYTES, Encoding.GZIP, 1));
    return List.of(full(), new Kind("normal, 1 MB, gzip", post(packed, Encoding.GZIP), FULL_BYTES));
  }

  /**
   * What together takes the most memory, besides {@link #validOfFullSize}: those whose parsing or
   * lines take more than they bring.
   */
  public static List<Kind> heaviest() {
    return List.of(
        manyLines(),
        zstd("a name of 1 MB", payload("{\"" + "n".repeat(FULL_BYTES) + "\":1}")),
        zstd("numbers", payload("{\"n\":[" + repeated("7".repeat(900), FULL_BYTES) + "]}")),
        zstd("depth", payload(deep(FULL_BYTES))),
        escapedToken(),
        plain("names that collide", payload(object(CollidingNames.of(70_000)))));
  }

  /** The hostile ones. */
  public static List<Kind> all() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(zstd("spaces", OPEN + " ".repeat(FULL_BYTES) + CLOSE));
    kinds.add(zstd("a name of 1 MB", payload("{\"" + "n".repeat(FULL_BYTES) + "\":1}")));
    kinds.add(zstd("a number of 1 MB", payload("{\"n\":" + "7".repeat(FULL_BYTES) + "}")));
    kinds.add(zstd("a token of 1 MB", tokenOf("t".repeat(FULL_BYTES), "{}")));
    kinds.add(zstd("a million elements", payload("{\"n\":[" + repeated("0", FULL_BYTES) + "]}")));
    kinds.add(zstd("depth", payload(deep(FULL_BYTES))));
    kinds.add(
        zstd("lone surrogates", payload("{\"n\":\"" + "\\ud800".repeat(FULL_BYTES / 6) + "\"}")));
    kinds.add(zstd("four-byte text", payload("{\"n\":\"" + "😀".repeat(FULL_BYTES / 4) + "\"}")));
    kinds.add(plain("names that collide", payload(object(CollidingNames.of(70_000)))));
    kinds.add(plain("names, all different", payload(object(names(70_000)))));
    kinds.add(zstd("10,000 times {}", OPEN + repeated("{}", 10_000 * 3) + CLOSE));
    kinds.add(
        zstd("10,000 times {}, long token", tokenOf("😀".repeat(256), repeated("{}", 10_000 * 3))));
    kinds.add(escapedToken());
    kinds.add(manyLines());
    kinds.add(plain("letters by chance", payload(letters(FULL_BYTES, EVENT_BYTES))));
    kinds.add(gzipMembers());
    kinds.add(zstdFrames());
    kinds.add(heads("a bad Host", "POST /v1/collections HTTP/1.1\r\nHost: a b c\r\n", "x"));
    kinds.add(heads("no JSON", "POST /v1/collections HTTP/1.1\r\nHost: bench\r\n", "x"));
    return kinds;
  }

  private static Kind escapedToken() {
    return zstd(
        "10,000 times {}, escaped token",
        tokenOf("\\ud83d\\ude00".repeat(256), repeated("{}", 10_000 * 3)));
  }

  /** Nearly as many bytes of lines as a collection may make, out of a fifth of a full body. */
  private static Kind manyLines() {
    String event = "{\"t\":21.53,\"h\":4000}";
    return zstd(
        "10,000 small events, token of 150",
        tokenOf("t".repeat(150), repeated(event, 10_000 * (event.length() + 1))));
  }

  /** A body of members without content, 20 bytes each. */
  private static Kind gzipMembers() {
    byte[] last = gzip(payload("{}").getBytes(US_ASCII));
    byte[] empty = gzip(new byte[0]);
    byte[] packed = packed(empty, FULL_BYTES / empty.length, last);
    return new Kind(
        "gzip members without content",
        post(List.of(new CollectionBody(packed, 1)), Encoding.GZIP),
        packed.length);
  }

  /** A body of frames without content, 9 bytes each. */
  private static Kind zstdFrames() {
    byte[] empty = Zstd.compress(new byte[0], 1);
    byte[] last = Zstd.compress(payload("{}").getBytes(US_ASCII), 1);
    byte[] packed = packed(empty, FULL_BYTES / empty.length, last);
    return new Kind(
        "zstd frames without content",
        post(List.of(new CollectionBody(packed, 1)), Encoding.ZSTD),
        packed.length);
  }

  private static byte[] packed(byte[] part, int count, byte[] last) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(count * part.length + last.length);
    for (int i = 0; i < count; i++) {
      all.writeBytes(part);
    }
    all.writeBytes(last);
    return all.toByteArray();
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Requests that are refused by their head. */
  private static Kind heads(String name, String head, String body) {
    String request = head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    return new Kind(name, Requests.of(List.of(request.getBytes(US_ASCII))), body.length());
  }

  private static Kind plain(String name, String text) {
    byte[] body = text.getBytes(UTF_8);
    return new Kind(name, post(List.of(new CollectionBody(body, 1)), Encoding.NONE), body.length);
  }

  private static Kind zstd(String name, String text) {
    byte[] body = text.getBytes(UTF_8);
    CollectionBody packed = new CollectionBody(Zstd.compress(body, 3), 1);
    return new Kind(name + ", zstd", post(List.of(packed), Encoding.ZSTD), body.length);
  }

  private static Requests post(List<CollectionBody> bodies, Encoding encoding) {
    return Requests.post("/v1/collections", bodies, encoding);
  }
}
