package io.millrace.web.http.body;

/**
 * A request's body, unpacked.
 *
 * @param bytes the array that holds it from index 0 on
 * @param length of the body, at most {@code bytes.length}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost the hot path
public record Body(byte[] bytes, int length) {}
