package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Checks answers against openapi.yaml: status, media type, headers and body. */
final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final JsonNode contract;

  Contract() {
    try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
      contract = new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless the contract has this answer for the path. */
  void check(String path, HttpResponse<String> answer) {
    String status = Integer.toString(answer.statusCode());
    JsonNode operation = contract.at("/paths").path(path).elements().next();
    JsonNode response =
        operation == null || status.equals("404")
            ? contract.at("/components/responses/NotFound")
            : resolved(operation.path("responses").path(status));
    assertThat(response.isMissingNode()).as("%s of %s is in the contract", status, path).isFalse();
    response
        .path("headers")
        .properties()
        .forEach(header -> checkHeader(header.getKey(), resolved(header.getValue()), answer));
    String type = answer.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", "");
    JsonNode media = response.path("content").path(type);
    assertThat(media.isMissingNode()).as("%s of %s as %s", status, path, type).isFalse();
    if (!answer.body().isEmpty()) {
      checkValue(media.path("schema"), value(type, answer.body()));
    }
  }

  private void checkHeader(String name, JsonNode header, HttpResponse<String> answer) {
    Optional<String> value = answer.headers().firstValue(name);
    if (value.isPresent()) {
      boolean integer = header.at("/schema/type").asText().equals("integer");
      checkValue(
          header.path("schema"),
          integer
              ? JsonNodeFactory.instance.numberNode(Long.parseLong(value.get()))
              : TextNode.valueOf(value.get()));
    } else {
      assertThat(header.path("required").asBoolean()).as("%s is missing", name).isFalse();
    }
  }

  private void checkValue(JsonNode schema, JsonNode value) {
    ObjectNode root = schema.deepCopy();
    root.set("components", contract.path("components"));
    assertThat(schemas.getSchema(root).validate(value)).as("%s", value).isEmpty();
  }

  private static JsonNode value(String type, String body) {
    try {
      return type.endsWith("json") ? JSON.readTree(body) : TextNode.valueOf(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.get("$ref").asText().substring(1)) : node;
  }
}
