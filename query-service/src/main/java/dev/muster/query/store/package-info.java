/** The read store: its client, its indexes, and what happens while it is away. */
@NullMarked
package dev.muster.query.store;

import org.jspecify.annotations.NullMarked;
