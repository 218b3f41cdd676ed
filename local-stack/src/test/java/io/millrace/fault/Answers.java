package io.millrace.fault;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/** What the services answer when they refuse, in their own words. */
final class Answers {
  private Answers() {}

  /** SQS: more calls than it takes. */
  static ResponseDefinitionBuilder throttled() {
    return sqs(400, "RequestThrottled");
  }

  /** SQS: a fault of its own. */
  static ResponseDefinitionBuilder queueFails() {
    return sqs(500, "InternalFailure");
  }

  /** S3: more calls than it takes. */
  static ResponseDefinitionBuilder slowDown() {
    return s3(503, "SlowDown");
  }

  /** S3: a fault of its own. */
  static ResponseDefinitionBuilder storeFails() {
    return s3(500, "InternalError");
  }

  /** S3: this is not allowed. */
  static ResponseDefinitionBuilder accessDenied() {
    return s3(403, "AccessDenied");
  }

  /** S3: this makes no sense. */
  static ResponseDefinitionBuilder invalidRequest() {
    return s3(400, "InvalidRequest");
  }

  /** A proxy before S3, in its own words. */
  static ResponseDefinitionBuilder tooLargeForAHop() {
    return aResponse()
        .withStatus(413)
        .withHeader("Content-Type", "text/html")
        .withBody("<html><head><title>413 Request Entity Too Large</title></head></html>");
  }

  private static ResponseDefinitionBuilder sqs(int status, String type) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/x-amz-json-1.0")
        .withBody("{\"__type\":\"com.amazonaws.sqs#" + type + "\",\"message\":\"made to fail\"}");
  }

  private static ResponseDefinitionBuilder s3(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/xml")
        .withBody("<Error><Code>" + code + "</Code><Message>made to fail</Message></Error>");
  }
}
