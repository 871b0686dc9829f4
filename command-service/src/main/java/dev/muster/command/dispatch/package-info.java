/** How commands reach the aggregate: retries, and answers that are never out of date. */
@NullMarked
package dev.muster.command.dispatch;

import org.jspecify.annotations.NullMarked;
