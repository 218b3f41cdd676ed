package io.millrace.web.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty refuses before any route: a bad request line, headers too large, and whatever
 * comes at the very end, when the answers under way are being written.
 */
final class JettyProblems {
  private JettyProblems() {}

  static boolean answer(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    int status = response.getStatus();
    headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      headers.put(HttpHeader.RETRY_AFTER, RetryAfter.whileStopping());
      headers.put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(problem(status).toJson()), callback);
    return true;
  }

  private static Problem problem(int status) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      return Problem.of(ProblemType.STOPPING, CollectionIntake.STOPPING);
    }
    return new Problem(
        "about:blank",
        HttpStatus.getMessage(status),
        status,
        "the request was refused before its body was looked at",
        Problem.newInstance());
  }
}
