/** The workers, as they report themselves, and what they can be ordered to do. */
@NullMarked
package dev.muster.command.worker;

import org.jspecify.annotations.NullMarked;
