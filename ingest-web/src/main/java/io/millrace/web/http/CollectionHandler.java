package io.millrace.web.http;

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

  private final Exchange.Parts parts;
  private final Executor lane;
  private final Executor routes;

  /**
   * @param lane takes over from a connection whose turn is over
   * @param routes runs Javalin's routes, which may block
   */
  CollectionHandler(Exchange.Parts parts, Executor lane, Executor routes) {
    this.parts = parts;
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
      Exchange exchange = new Exchange(parts, connection, request, response, callback);
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
