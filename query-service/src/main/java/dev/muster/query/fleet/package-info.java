/** Who does the work, and what there is to run on, as the workers say. */
@NullMarked
package dev.muster.query.fleet;

import org.jspecify.annotations.NullMarked;
