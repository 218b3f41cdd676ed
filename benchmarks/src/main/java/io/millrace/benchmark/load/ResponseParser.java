package io.millrace.benchmark.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.ProtocolException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads HTTP/1.1 responses that tell their Content-Length, as they come: in parts, or several at
 * once. Knows just enough of them: the status, whether the connection ends, and the count of
 * payloads in a body that has {@code "accepted":N} among its first bytes.
 *
 * <p>One thread's own, one for each connection.
 */
final class ResponseParser {
  private static final int MAX_LINE_BYTES = 8192;
  private static final int BODY_HEAD_BYTES = 64;
  private static final byte[] ACCEPTED = "\"accepted\":".getBytes(ISO_8859_1);

  private enum State {
    STATUS_LINE,
    HEADERS,
    BODY,
    COMPLETE
  }

  private byte[] line = new byte[256];
  private int lineLength;
  private final byte[] bodyHead = new byte[BODY_HEAD_BYTES];
  private int bodyHeadLength;
  private State state = State.STATUS_LINE;
  private int status;
  private boolean closes;
  private long bodyLeft;

  /**
   * Reads on, up to the end of a response; begins the next one if the last was complete.
   *
   * @return index behind the bytes that were read
   * @throws ProtocolException if this is no response, or its length is not told
   */
  int read(byte[] bytes, int from, int to) throws ProtocolException {
    if (state == State.COMPLETE) {
      state = State.STATUS_LINE;
    }
    int at = from;
    while (at < to && state != State.COMPLETE) {
      at = state == State.BODY ? readBody(bytes, at, to) : readLine(bytes, at, to);
    }
    return at;
  }

  boolean isComplete() {
    return state == State.COMPLETE;
  }

  /** 100 to 599, of a complete response. */
  int status() {
    return status;
  }

  /** Whether the server ends the connection after this complete response. */
  boolean closes() {
    return closes;
  }

  /** The count of payloads in a complete response; 0 if it tells none. */
  long accepted() {
    int at = indexOfCount();
    long count = 0;
    for (; at > 0 && at < bodyHeadLength && isDigit(bodyHead[at]); at++) {
      count = 10 * count + bodyHead[at] - '0';
    }
    return count;
  }

  private int readLine(byte[] bytes, int from, int to) throws ProtocolException {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\n') {
        endLine();
        return at + 1;
      }
      if (lineLength == line.length) {
        line = grown();
      }
      line[lineLength++] = bytes[at];
    }
    return to;
  }

  private byte[] grown() throws ProtocolException {
    if (line.length >= MAX_LINE_BYTES) {
      throw new ProtocolException("a line of more than " + MAX_LINE_BYTES + " bytes");
    }
    return Arrays.copyOf(line, 2 * line.length);
  }

  private void endLine() throws ProtocolException {
    int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
    lineLength = 0;
    if (state == State.STATUS_LINE) {
      begin(length);
    } else if (length == 0) {
      beginBody();
    } else {
      header(length);
    }
  }

  private void begin(int length) throws ProtocolException {
    // HTTP/1.1 202 Accepted
    if (length < 12 || line[0] != 'H' || line[5] != '1' || !isDigit(line[9])) {
      throw new ProtocolException("no status line: " + text(length));
    }
    status = 100 * (line[9] - '0') + 10 * (line[10] - '0') + line[11] - '0';
    if (status < 100 || status > 599) {
      throw new ProtocolException("no status: " + text(length));
    }
    closes = false;
    bodyLeft = -1;
    bodyHeadLength = 0;
    state = State.HEADERS;
  }

  /** Only headers that begin like those two are worth being made a text. */
  private void header(int length) throws ProtocolException {
    if ((line[0] | 0x20) != 'c') {
      return;
    }
    String header = text(length).toLowerCase(Locale.ROOT);
    if (header.startsWith("content-length:")) {
      bodyLeft = length(header.substring("content-length:".length()).trim());
    } else if (header.startsWith("connection:")) {
      closes = header.contains("close");
    }
  }

  private static long length(String text) throws ProtocolException {
    if (!text.matches("\\d{1,18}")) {
      throw new ProtocolException("no Content-Length: " + text);
    }
    return Long.parseLong(text);
  }

  private void beginBody() throws ProtocolException {
    if (bodyLeft < 0) {
      throw new ProtocolException("a response with status " + status + " and no Content-Length");
    }
    state = bodyLeft == 0 ? State.COMPLETE : State.BODY;
  }

  private int readBody(byte[] bytes, int from, int to) {
    int length = (int) Math.min(bodyLeft, to - from);
    int kept = Math.min(length, BODY_HEAD_BYTES - bodyHeadLength);
    System.arraycopy(bytes, from, bodyHead, bodyHeadLength, kept);
    bodyHeadLength += kept;
    bodyLeft -= length;
    if (bodyLeft == 0) {
      state = State.COMPLETE;
    }
    return from + length;
  }

  private int indexOfCount() {
    for (int at = 0; at + ACCEPTED.length <= bodyHeadLength; at++) {
      int end = at + ACCEPTED.length;
      if (Arrays.equals(bodyHead, at, end, ACCEPTED, 0, ACCEPTED.length)) {
        return end;
      }
    }
    return -1;
  }

  private String text(int length) {
    return new String(line, 0, length, ISO_8859_1);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
