package io.millrace.worker.once;

/**
 * Where a batch may be stored, as a manifest announced it. An object of that size is the roll, and
 * then the batch is stored; anything else at the key is a tombstone, and then this roll never will
 * be.
 *
 * @param dataKey of the roll
 * @param bytes length of the roll's object; never that of a tombstone
 */
public record Place(String dataKey, long bytes) {}
