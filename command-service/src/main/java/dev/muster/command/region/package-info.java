/** Which regions have a host. */
@NullMarked
package dev.muster.command.region;

import org.jspecify.annotations.NullMarked;
