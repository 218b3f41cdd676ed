package io.millrace.benchmark.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseParserTest {
  private static final String ACCEPTED =
      """
      HTTP/1.1 202 Accepted\r
      Date: Mon, 23 Nov 2026 00:00:00 GMT\r
      Content-Type: application/json\r
      Content-Length: 28\r
      \r
      {"accepted":12,"receipt":""}""";
  private static final String EMPTY =
      """
      HTTP/1.1 202 Accepted\r
      content-length:0\r
      Content-Type: text/plain\r
      \r
      """;
  private static final String REFUSED =
      """
      HTTP/1.1 503 Service Unavailable\r
      Connection: close\r
      Content-Length: 2\r
      \r
      {}""";

  private final ResponseParser parser = new ResponseParser();

  @Test
  void read_oneResponse_isComplete() throws ProtocolException {
    assertThat(readAll(ACCEPTED)).containsExactly("202 12 false");
  }

  @Test
  void read_splitAnywhere_isTheSame() throws ProtocolException {
    for (int split = 1; split < ACCEPTED.length(); split++) {
      List<String> seen = readAll(ACCEPTED.substring(0, split));
      assertThat(seen).isEmpty();
      assertThat(readAll(ACCEPTED.substring(split))).containsExactly("202 12 false");
    }
  }

  @Test
  void read_severalAtOnce_areAllSeen() throws ProtocolException {
    assertThat(readAll(ACCEPTED + EMPTY + REFUSED + ACCEPTED))
        .containsExactly("202 12 false", "202 0 false", "503 0 true", "202 12 false");
  }

  @Test
  void read_byteByByte_isTheSame() throws ProtocolException {
    List<String> seen = new ArrayList<>();
    for (char c : (REFUSED + ACCEPTED).toCharArray()) {
      seen.addAll(readAll(String.valueOf(c)));
    }
    assertThat(seen).containsExactly("503 0 true", "202 12 false");
  }

  @Test
  void read_longBody_isSkipped() throws ProtocolException {
    String body = "x".repeat(100_000);

    assertThat(readAll("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body + EMPTY))
        .containsExactly("200 0 false", "202 0 false");
  }

  @Test
  void read_longHeader_isRead() throws ProtocolException {
    String header = "X-Long: " + "y".repeat(5000) + "\r\n";

    assertThat(readAll("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 0\r\n\r\n"))
        .containsExactly("200 0 false");
  }

  @Test
  void read_noResponse_isRefused() {
    assertThatThrownBy(() -> readAll("SSH-2.0-OpenSSH_9.2\r\n"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("no status line");
  }

  @Test
  void read_withoutLength_isRefused() {
    assertThatThrownBy(() -> readAll("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("no Content-Length");
  }

  @Test
  void read_endlessHeader_isRefused() {
    assertThatThrownBy(() -> readAll("HTTP/1.1 200 OK\r\nX: " + "y".repeat(10_000)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("8192");
  }

  private List<String> readAll(String text) throws ProtocolException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    List<String> seen = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      at = parser.read(bytes, at, bytes.length);
      if (parser.isComplete()) {
        seen.add(parser.status() + " " + parser.accepted() + " " + parser.closes());
      }
    }
    return seen;
  }
}
