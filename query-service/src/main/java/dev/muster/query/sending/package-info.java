/** Answers without an end, written to clients that may be slow, or gone. */
@NullMarked
package dev.muster.query.sending;

import org.jspecify.annotations.NullMarked;
