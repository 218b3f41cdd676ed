package io.millrace.benchmark.body;

/**
 * One collection, ready to be sent; not to be changed.
 *
 * @param bytes as they go over the wire, encoded
 * @param payloads in it
 */
public record Body(byte[] bytes, int payloads) {}
