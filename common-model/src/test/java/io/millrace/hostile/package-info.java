/**
 * Input that is meant to hurt, for the tests of all modules.
 *
 * <p>Plain values, made from a seed; uses none of the product's code.
 */
package io.millrace.hostile;
