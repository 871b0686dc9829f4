/** Commands about hosts, workers, and what happens on all of them. */
@NullMarked
package dev.muster.cli.fleet;

import org.jspecify.annotations.NullMarked;
