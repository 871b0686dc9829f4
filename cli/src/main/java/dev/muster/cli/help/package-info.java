/** Commands that explain, and look for faults. */
@NullMarked
package dev.muster.cli.help;

import org.jspecify.annotations.NullMarked;
