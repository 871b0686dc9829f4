/** What was asked of hosts, and what came of it. */
@NullMarked
package dev.muster.query.operation;

import org.jspecify.annotations.NullMarked;
