/** Instances as they are now. */
@NullMarked
package dev.muster.query.instance.current;

import org.jspecify.annotations.NullMarked;
