/** How much one key may ask for. */
@NullMarked
package dev.muster.web.rate;

import org.jspecify.annotations.NullMarked;
