/** What operators can set. */
@NullMarked
package dev.muster.command.settings;

import org.jspecify.annotations.NullMarked;
