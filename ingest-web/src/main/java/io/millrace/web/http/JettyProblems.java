package io.millrace.web.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before any route (a bad request line, headers too large). */
final class JettyProblems {
  private JettyProblems() {}

  static boolean answer(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Problem problem =
        new Problem(
            "about:blank",
            HttpStatus.getMessage(status),
            status,
            "the request was refused before its body was looked at",
            Problem.newInstance());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(problem.toJson()), callback);
    return true;
  }
}
