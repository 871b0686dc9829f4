/** Who may see the values of environment variables, which are secret more often than not. */
@NullMarked
package dev.muster.query.env;

import org.jspecify.annotations.NullMarked;
