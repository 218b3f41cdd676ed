package io.millrace.fault;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Changes the answers to LIST into those of an odd store: the first page brings nothing and says
 * that there is more, the second has what the first would have had; and with {@code start-after}
 * keys come that are not behind it. Thread-safe.
 */
final class OddListing implements ResponseTransformerV2 {
  private static final String TOKEN = "withheld-";
  private static final String BEGIN_OF_LISTED = "<Contents>";
  private static final Pattern LISTED = Pattern.compile("<Contents>.*</Contents>", Pattern.DOTALL);
  private static final Pattern MORE =
      Pattern.compile("<NextContinuationToken>.*?</NextContinuationToken>");
  private static final Pattern TRUNCATED = Pattern.compile("<IsTruncated>.*?</IsTruncated>");
  private static final Pattern COUNT = Pattern.compile("<KeyCount>.*?</KeyCount>");

  /** What was withheld, by token; kept, since a client may ask again. */
  private final Map<String, String> withheld = new ConcurrentHashMap<>();

  private final AtomicInteger pages = new AtomicInteger();
  private volatile boolean odd;

  /** From now on. */
  void begin() {
    odd = true;
  }

  /** From now on no more, but for listings that have begun. */
  void restore() {
    odd = false;
  }

  /** Pages that were withheld so far. */
  int pages() {
    return pages.get();
  }

  @Override
  public Response transform(Response answer, ServeEvent call) {
    Request request = call.getRequest();
    if (!request.queryParameter("list-type").isPresent()) {
      return answer;
    }
    String token = value(request, "continuation-token");
    if (withheld.containsKey(token)) {
      return page(answer, withheld.get(token)); // whatever the server makes of a token not its own
    }
    if (!odd || !token.isEmpty() || answer.getStatus() != 200) {
      return answer;
    }
    String next = TOKEN + pages.incrementAndGet();
    String whole = answer.getBodyAsString();
    withheld.put(next, withThoseBefore(whole, request));
    return page(answer, withoutKeys(whole, next));
  }

  private static String withThoseBefore(String xml, Request request) {
    String prefix = value(request, "prefix");
    String after = value(request, "start-after");
    if (after.length() <= prefix.length() || !after.startsWith(prefix)) {
      return xml;
    }
    String more = listed(prefix + "!") + listed(after);
    return xml.contains(BEGIN_OF_LISTED)
        ? xml.replaceFirst(BEGIN_OF_LISTED, more + BEGIN_OF_LISTED)
        : xml.replace("</ListBucketResult>", more + "</ListBucketResult>");
  }

  private static String listed(String key) {
    return "<Contents><Key>%s</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
            .formatted(key)
        + "<ETag>&quot;0&quot;</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>";
  }

  private static String withoutKeys(String xml, String next) {
    String empty = MORE.matcher(LISTED.matcher(xml).replaceAll("")).replaceAll("");
    return TRUNCATED
        .matcher(COUNT.matcher(empty).replaceAll("<KeyCount>0</KeyCount>"))
        .replaceAll(
            "<IsTruncated>true</IsTruncated><NextContinuationToken>"
                + next
                + "</NextContinuationToken>");
  }

  private static Response page(Response answer, String xml) {
    return Response.Builder.like(answer)
        .but()
        .status(200)
        .headers(withoutLength(answer.getHeaders()))
        .body(xml)
        .build();
  }

  private static HttpHeaders withoutLength(HttpHeaders headers) {
    return new HttpHeaders(
        headers.all().stream().filter(header -> !header.keyEquals("Content-Length")).toList());
  }

  private static String value(Request request, String name) {
    QueryParameter parameter = request.queryParameter(name);
    return parameter.isPresent() ? parameter.firstValue() : "";
  }

  @Override
  public boolean applyGlobally() {
    return true;
  }

  @Override
  public String getName() {
    return "odd-listing";
  }
}
