package io.millrace.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestWrapper;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Body;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.matching.ValueMatcher;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets batch calls of SQS fail in part: every second entry is taken out on the way to the server
 * and put into its answer as failed. A call of one entry passes or fails by turns. Thread-safe.
 */
final class HalfFailed implements StubRequestFilterV2, ResponseTransformerV2 {
  private static final String TAKEN_OUT = "X-Taken-Out";
  private static final JsonMapper JSON = new JsonMapper();

  private static final ValueMatcher<Request> NONE = request -> MatchResult.noMatch();

  private final AtomicReference<ValueMatcher<Request>> picked = new AtomicReference<>(NONE);
  private int entries;

  /** From now on these calls. */
  void pick(Calls calls) {
    picked.set(calls.stub().get().build().getRequest());
  }

  /** From now on none. */
  void restore() {
    picked.set(NONE);
  }

  @Override
  public RequestFilterAction filter(Request request, ServeEvent call) {
    if (!picked.get().match(request).isExactMatch()) {
      return RequestFilterAction.continueWith(request);
    }
    ObjectNode body = parse(request.getBodyAsString());
    String ids = takeOut((ArrayNode) body.get("Entries"));
    Request rest =
        RequestWrapper.create()
            .addHeader(TAKEN_OUT, ids)
            .transformBody(whole -> new Body(body.toString()))
            .wrap(request);
    return RequestFilterAction.continueWith(rest);
  }

  @Override
  public Response transform(Response answer, ServeEvent call) {
    String ids = call.getRequest().getHeader(TAKEN_OUT);
    if (ids == null || ids.isEmpty()) {
      return answer;
    }
    ObjectNode body = parse(answer.getBodyAsString());
    ArrayNode failed = body.withArrayProperty("Failed");
    Arrays.stream(ids.split(",", -1))
        .forEach(
            id ->
                failed
                    .addObject()
                    .put("Id", id)
                    .put("SenderFault", false)
                    .put("Code", "InternalError")
                    .put("Message", "made to fail"));
    return Response.Builder.like(answer)
        .but()
        .headers(withoutLength(answer.getHeaders()))
        .body(body.toString())
        .build();
  }

  @Override
  public boolean applyGlobally() {
    return true;
  }

  @Override
  public String getName() {
    return "half-failed";
  }

  private synchronized String takeOut(ArrayNode all) {
    StringBuilder ids = new StringBuilder();
    for (var each = all.elements(); each.hasNext(); ) {
      String id = each.next().get("Id").asText();
      if (entries++ % 2 == 1) {
        each.remove();
        ids.append(ids.isEmpty() ? "" : ",").append(id);
      }
    }
    return ids.toString();
  }

  private static HttpHeaders withoutLength(HttpHeaders headers) {
    return new HttpHeaders(
        headers.all().stream().filter(header -> !header.keyEquals("Content-Length")).toList());
  }

  private static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
