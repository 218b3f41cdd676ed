package io.millrace.benchmark.article;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A payload to be stored.
 *
 * @param folder of its key
 * @param payload as decoded; it is encoded again when it is uploaded, as in the article
 */
record Job(String folder, JsonNode payload) {}
