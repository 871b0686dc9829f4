/** How a program of the platform is started: its options, its settings, and how it says no. */
@NullMarked
package dev.muster.ops.launch;

import org.jspecify.annotations.NullMarked;
