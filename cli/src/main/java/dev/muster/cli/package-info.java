/** The command line of Muster: what people type, over the public HTTP API alone. */
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;
