/** What happened to an instance, and what it was at any time. */
@NullMarked
package dev.muster.query.instance.history;

import org.jspecify.annotations.NullMarked;
