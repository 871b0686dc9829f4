/** Commands about keys, servers, and who one is. */
@NullMarked
package dev.muster.cli.access;

import org.jspecify.annotations.NullMarked;
