/**
 * Input that is meant to hurt, for the tests of all modules.
 *
 * <p>Plain values, made from a seed; uses none of the product's code.
 */
@NullMarked
package io.millrace.hostile;

import org.jspecify.annotations.NullMarked;
