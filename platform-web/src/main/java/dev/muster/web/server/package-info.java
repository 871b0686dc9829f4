/** How the server takes requests in: what the protocol itself is held to. */
@NullMarked
package dev.muster.web.server;

import org.jspecify.annotations.NullMarked;
