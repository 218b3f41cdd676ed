package io.millrace.web.http;

import io.millrace.trace.Tracing;
import io.millrace.web.http.answer.Answers;
import io.millrace.web.http.body.BodyLimits;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes {@code POST /v1/collections} before Javalin's servlet would, on the thread that found the
 * request, which it never holds up: neither by waiting, nor by a connection that always has a next
 * request. All else goes on to Javalin, on a thread of the pool.
 *
 * <p>Thread-safe.
 */
final class CollectionHandler extends Handler.Wrapper {
  static final String PATH = "/v1/collections";

  private final BodyLimits bodies;
  private final Admission admission;
  private final Answers answers;
  private final Tracing tracing;
  private final Executor lane;
  private final Executor routes;

  /**
   * @param bodies what a body may take
   * @param admission takes the collections
   * @param tracing makes the spans of requests
   * @param lane takes over from a connection whose turn is over, and where large and compressed
   *     bodies are unpacked and parsed
   * @param routes runs Javalin's routes, which may block
   */
  CollectionHandler(
      BodyLimits bodies,
      Admission admission,
      Answers answers,
      Tracing tracing,
      Executor lane,
      Executor routes) {
    this.bodies = bodies;
    this.admission = admission;
    this.answers = answers;
    this.tracing = tracing;
    this.lane = lane;
    this.routes = routes;
  }

  /** Never blocking, whatever the handlers behind are. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (isCollection(request)) {
      EdgeConnection connection = (EdgeConnection) request.getConnectionMetaData();
      Exchange exchange =
          new Exchange(bodies, admission, answers, tracing, lane, request, response, callback);
      if (connection.isTurnOver()) {
        lane.execute(exchange::start);
      } else {
        exchange.start();
      }
    } else {
      routes.execute(() -> handOn(request, response, callback));
    }
    return true;
  }

  private static boolean isCollection(Request request) {
    String path = Request.getPathInContext(request);
    return HttpMethod.POST.is(request.getMethod())
        && path.startsWith(PATH)
        && (path.length() == PATH.length() || path.equals(PATH + "/"));
  }

  private void handOn(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
