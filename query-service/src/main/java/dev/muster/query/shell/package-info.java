/** Who may open a shell in an instance, and where. */
@NullMarked
package dev.muster.query.shell;

import org.jspecify.annotations.NullMarked;
