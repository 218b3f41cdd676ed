package io.millrace.worker.object;

import io.millrace.object.Content;

/**
 * A roll under one data key: what is written where. All calls of an attempt write the same bytes.
 *
 * @param dataKey new for every attempt
 * @param manifestKey belongs to it
 * @param manifest the exact account of the data
 * @param data the roll's frames
 * @param mediaType of the data
 */
record Attempt(
    String dataKey, String manifestKey, Content manifest, Content data, String mediaType) {}
