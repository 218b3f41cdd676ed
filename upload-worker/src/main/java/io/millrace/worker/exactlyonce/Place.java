package io.millrace.worker.exactlyonce;

/**
 * Where a batch may be stored, as a manifest announced it. An object of that size is the roll, and
 * then a batch of that name is stored; anything else at the key is a tombstone, and then this roll
 * never will be.
 *
 * @param dataKey of the roll
 * @param bytes length of the roll's object; never that of a tombstone
 * @param sameBytes whether the roll's batch has the suspect's own bytes; if not, only the name is
 *     the same, and one of the two was not sent by a web tier
 */
public record Place(String dataKey, long bytes, boolean sameBytes) {}
