package io.millrace.web.http.answer;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What a client gets.
 *
 * @param status of HTTP
 * @param type the header Content-Type
 * @param headers beside it
 * @param body whole
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost the hot path
public record Answer(int status, HttpField type, List<HttpField> headers, byte[] body) {
  /** Writes and ends an answer of Jetty's. */
  public void to(Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(type);
    headers.forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Makes it the answer of a route of Javalin's. */
  public void to(Context ctx) {
    headers.forEach(header -> ctx.header(header.getName(), header.getValue()));
    ctx.status(status).contentType(type.getValue()).result(body);
  }
}
