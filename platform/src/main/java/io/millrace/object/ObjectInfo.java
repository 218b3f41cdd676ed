package io.millrace.object;

/**
 * An object as listings show it.
 *
 * @param key its whole key
 * @param size in bytes
 */
public record ObjectInfo(String key, long size) {}
