/**
 * What instances print: folded from its topic into the read store, and followed in the topic by
 * whoever wants what comes next.
 */
@NullMarked
package dev.muster.query.logs;

import org.jspecify.annotations.NullMarked;
