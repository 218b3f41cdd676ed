package io.millrace.fault;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** The call was carried out; instead of the answer the client sees its connection reset. */
final class DroppedAnswer implements ResponseTransformerV2 {
  static final String NAME = "dropped-answer";

  @Override
  public Response transform(Response answer, ServeEvent call) {
    return Response.Builder.like(answer).but().fault(Fault.CONNECTION_RESET_BY_PEER).build();
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public String getName() {
    return NAME;
  }
}
