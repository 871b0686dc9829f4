@NullMarked
package dev.muster.infrastructure;

import org.jspecify.annotations.NullMarked;
