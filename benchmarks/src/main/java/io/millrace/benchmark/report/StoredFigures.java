package io.millrace.benchmark.report;

/**
 * Whether all that was acknowledged is stored once, the warm-up included.
 *
 * @param acknowledged payloads, by the answers
 * @param unknown payloads of requests without an answer, at most
 * @param stored lines in the objects
 * @param twice lines whose id is there before
 */
public record StoredFigures(long acknowledged, long unknown, long stored, long twice) {
  /** Nothing lost, nothing twice, nothing that nobody sent. */
  public boolean isComplete() {
    return twice == 0 && stored >= acknowledged && stored <= acknowledged + unknown;
  }
}
