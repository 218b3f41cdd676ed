package io.millrace.toolbox.plan;

/**
 * One line of the plan.
 *
 * @param name what it is
 * @param unit of the value; empty for a plain count
 * @param formula how it comes about, in words, with the inputs
 */
record Figure(String name, double value, String unit, String formula) {}
