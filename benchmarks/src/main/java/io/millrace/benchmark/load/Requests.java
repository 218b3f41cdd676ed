package io.millrace.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.benchmark.body.CollectionBody;
import io.millrace.benchmark.body.Encoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of a run, made before it: one behind the other in memory that sockets write from
 * without a copy. Immutable and thread-safe.
 */
public final class Requests {
  private final ByteBuffer bytes;
  private final int[] ends;
  private final long payloads;
  private final int maxPayloads;

  private Requests(ByteBuffer bytes, int[] ends, long payloads, int maxPayloads) {
    this.bytes = bytes;
    this.ends = ends;
    this.payloads = payloads;
    this.maxPayloads = maxPayloads;
  }

  /**
   * POSTs of collections.
   *
   * @param path where to, as {@code /v1/collections}
   * @param bodies at least one
   */
  public static Requests post(String path, List<CollectionBody> bodies, Encoding encoding) {
    List<byte[]> heads = new ArrayList<>(bodies.size());
    long total = 0;
    long payloads = 0;
    int maxPayloads = 0;
    for (CollectionBody body : bodies) {
      byte[] head = head(path, body.bytes().length, encoding);
      heads.add(head);
      total += head.length + body.bytes().length;
      payloads += body.payloads();
      maxPayloads = Math.max(maxPayloads, body.payloads());
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(total));
    int[] ends = new int[bodies.size()];
    for (int i = 0; i < ends.length; i++) {
      bytes.put(heads.get(i)).put(bodies.get(i).bytes());
      ends[i] = bytes.position();
    }
    return new Requests(bytes, ends, payloads, maxPayloads);
  }

  /**
   * Requests as they go over the wire, of whatever form.
   *
   * @param all at least one
   */
  public static Requests of(List<byte[]> all) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(all.stream().mapToInt(r -> r.length).sum());
    int[] ends = new int[all.size()];
    for (int i = 0; i < ends.length; i++) {
      bytes.put(all.get(i));
      ends[i] = bytes.position();
    }
    return new Requests(bytes, ends, 0, 0);
  }

  /**
   * The requests of several in turn: the first of each, the second of each, and so on; those that
   * have fewer begin anew.
   *
   * @param several at least one
   */
  public static Requests inTurn(List<Requests> several) {
    int most = several.stream().mapToInt(Requests::count).max().orElseThrow();
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      for (Requests each : several) {
        all.add(each.request(i % each.count()));
      }
    }
    return of(all);
  }

  private byte[] request(int number) {
    byte[] request = new byte[end(number) - start(number)];
    view().position(start(number)).get(request);
    return request;
  }

  /** How many there are. */
  int count() {
    return ends.length;
  }

  /** Index of a request's first byte. */
  int start(int request) {
    return request == 0 ? 0 : ends[request - 1];
  }

  /** Index behind a request's last byte. */
  int end(int request) {
    return ends[request];
  }

  /** All bytes, with a position and limit of the caller's own. */
  ByteBuffer view() {
    return bytes.duplicate();
  }

  /** Payloads of a request, on average. */
  public double meanPayloads() {
    return (double) payloads / ends.length;
  }

  /** Payloads of the request that has the most. */
  public int maxPayloads() {
    return maxPayloads;
  }

  /** Bytes of a request with its head, on average. */
  public double meanBytes() {
    return (double) bytes.capacity() / ends.length;
  }

  private static byte[] head(String path, int length, Encoding encoding) {
    String coding =
        encoding == Encoding.NONE ? "" : "Content-Encoding: " + encoding.text() + "\r\n";
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            + coding
            + "Content-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(US_ASCII);
  }
}
