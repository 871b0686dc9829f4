/** The public HTTP API, as a caller has it. */
@NullMarked
package dev.muster.cli.api;

import org.jspecify.annotations.NullMarked;
