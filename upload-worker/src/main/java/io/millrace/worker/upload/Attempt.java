package io.millrace.worker.upload;

import io.millrace.object.Content;
import io.millrace.worker.roll.ClosedRoll;

/**
 * A roll under one data key: what is written where. All calls of an attempt write the same bytes.
 *
 * @param dataKey new for every attempt
 * @param manifestKey belongs to it
 * @param manifest the exact account of the data
 * @param data the roll's frames
 * @param roll what is written
 */
record Attempt(
    String dataKey, String manifestKey, Content manifest, Content data, ClosedRoll roll) {}
