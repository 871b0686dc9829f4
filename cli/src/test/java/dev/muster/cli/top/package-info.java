@NullMarked
package dev.muster.cli.top;

import org.jspecify.annotations.NullMarked;
