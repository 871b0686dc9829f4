/** What a request is made to depend on. */
@NullMarked
package dev.muster.web.condition;

import org.jspecify.annotations.NullMarked;
