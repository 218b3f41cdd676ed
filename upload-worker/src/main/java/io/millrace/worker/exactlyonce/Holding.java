package io.millrace.worker.exactlyonce;

import io.millrace.model.Claim;

/**
 * A batch in a roll, with the right to store it.
 *
 * @param batch {@code <writer>-<seq>}
 * @param claim of the delivery; {@link Claim#NONE} if it was never suspected
 */
public record Holding(String batch, Claim claim) {}
