package io.millrace.toolbox.find;

import java.util.List;

/**
 * What a search came to.
 *
 * @param parts in the order of the receipt
 * @param missing names of those that are nowhere
 * @param looked where it was looked, one or more lines for people
 */
record Found(List<FoundPart> parts, List<String> missing, List<String> looked) {}
