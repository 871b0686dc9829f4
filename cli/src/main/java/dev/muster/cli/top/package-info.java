/** Instances on a full screen, driven by keys. */
@NullMarked
package dev.muster.cli.top;

import org.jspecify.annotations.NullMarked;
