package io.millrace.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, opened at the first read: the server answers {@code Expect: 100-continue} when
 * it is, and from then on the client sends.
 *
 * <p>One thread's own.
 */
final class RequestBody extends InputStream {
  private final HttpServletRequest request;
  private @Nullable InputStream opened;

  RequestBody(HttpServletRequest request) {
    this.request = request;
  }

  /** The length that the client told, -1 if it didn't. */
  long length() {
    return request.getContentLengthLong();
  }

  /** Whether the client still waits to be asked for it. */
  boolean isHeldBack() {
    return opened == null && "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  @Override
  public int read() throws IOException {
    return open().read();
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return open().read(to, offset, length);
  }

  private InputStream open() throws IOException {
    InputStream in = opened;
    if (in == null) {
      in = request.getInputStream();
      opened = in;
    }
    return in;
  }
}
