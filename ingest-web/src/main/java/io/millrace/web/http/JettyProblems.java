package io.millrace.web.http;

import io.micrometer.core.instrument.Counter;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.Problem;
import io.millrace.web.http.answer.ProblemType;
import io.millrace.web.http.answer.RetryAfter;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers and counts what Jetty refuses before any route: a bad request line, headers too large,
 * and whatever comes at the very end, when the answers under way are being written.
 *
 * <p>Thread-safe.
 */
public final class JettyProblems {
  private final Counter badRequests;
  private final Counter stopping;
  private final Counter failures;

  public JettyProblems(EdgeMetrics metrics) {
    badRequests = metrics.requests("bad-request");
    stopping = metrics.requests(ProblemType.STOPPING.slug());
    failures = metrics.requests(ProblemType.INTERNAL_ERROR.slug());
  }

  boolean answer(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    int status = response.getStatus();
    headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      headers.put(HttpHeader.RETRY_AFTER, RetryAfter.whileStopping());
      headers.put(HttpHeader.CONNECTION, "close");
    }
    count(status);
    response.write(true, ByteBuffer.wrap(problem(status).toJson()), callback);
    return true;
  }

  private void count(int status) {
    switch (status) {
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> stopping.increment();
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> failures.increment();
      default -> badRequests.increment();
    }
  }

  private static Problem problem(int status) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      return Problem.of(ProblemType.STOPPING, Admission.STOPPING);
    }
    return new Problem(
        "about:blank",
        HttpStatus.getMessage(status),
        status,
        "the request was refused before its body was looked at",
        Problem.newInstance());
  }
}
