/** What commands that ask a server have in common. */
@NullMarked
package dev.muster.cli.server;

import org.jspecify.annotations.NullMarked;
