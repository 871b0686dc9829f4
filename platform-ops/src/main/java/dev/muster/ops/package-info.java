@NullMarked
package dev.muster.ops;

import org.jspecify.annotations.NullMarked;
