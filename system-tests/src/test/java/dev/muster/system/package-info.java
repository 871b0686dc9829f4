@NullMarked
package dev.muster.system;

import org.jspecify.annotations.NullMarked;
