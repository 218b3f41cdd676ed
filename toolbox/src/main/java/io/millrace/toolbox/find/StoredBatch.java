package io.millrace.toolbox.find;

import io.millrace.model.Codec;
import io.millrace.model.Manifest;

/**
 * Where a batch lies.
 *
 * @param object key of the data object, which is there
 * @param codec how its frames are packed
 * @param entry the batch's own in the object's manifest
 */
record StoredBatch(String object, Codec codec, Manifest.Entry entry) {}
