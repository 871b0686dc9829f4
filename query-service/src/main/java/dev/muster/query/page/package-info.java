/** Pages of a list: limits, cursors and links. */
@NullMarked
package dev.muster.query.page;

import org.jspecify.annotations.NullMarked;
