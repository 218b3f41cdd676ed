package io.millrace.toolbox.find;

import java.util.List;
import java.util.Map;

/**
 * What a search came to.
 *
 * @param parts in the order of the receipt
 * @param missing names of those that are nowhere
 * @param looked where it was looked, one or more lines for people
 * @param passedOver why a manifest, by its key, was of no use; what is missing may be there
 */
record Found(
    List<FoundPart> parts,
    List<String> missing,
    List<String> looked,
    Map<String, String> passedOver) {}
