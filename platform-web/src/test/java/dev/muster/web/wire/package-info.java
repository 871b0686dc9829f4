/** Calls as bytes over a socket, for what no client library would send. */
@NullMarked
package dev.muster.web.wire;

import org.jspecify.annotations.NullMarked;
