/**
 * The contract that callers are given: the words that controllers describe their calls with, and
 * where the description is served. The document is made of these, and of Javadoc, by a test of
 * {@code standalone}.
 */
@NullMarked
package dev.muster.web.contract;

import org.jspecify.annotations.NullMarked;
