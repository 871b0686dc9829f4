/** The newest health sample of each instance. */
@NullMarked
package dev.muster.query.health;

import org.jspecify.annotations.NullMarked;
