/** Which server, and with which key. */
@NullMarked
package dev.muster.cli.context;

import org.jspecify.annotations.NullMarked;
