package io.millrace.web.batch;

import java.util.List;

/**
 * What a header tells of its writer's other batches; the same on every try.
 *
 * @param ended see {@code MessageHeader.ended}; 1 to the batch's own number
 * @param abandoned numbers that this header names, rising
 */
public record EndedNumbers(long ended, List<Long> abandoned) {}
