@NullMarked
package dev.muster.web.health;

import org.jspecify.annotations.NullMarked;
