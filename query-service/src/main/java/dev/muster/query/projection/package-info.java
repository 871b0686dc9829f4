/** Events folded into histories, operations and instances. */
@NullMarked
package dev.muster.query.projection;

import org.jspecify.annotations.NullMarked;
