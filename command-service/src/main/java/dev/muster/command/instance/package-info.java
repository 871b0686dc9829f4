/** What may happen to an instance: commands, decisions, and the aggregate that applies them. */
@NullMarked
package dev.muster.command.instance;

import org.jspecify.annotations.NullMarked;
