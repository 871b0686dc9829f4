/** What a request may look like, whatever it asks for. */
@NullMarked
package dev.muster.web.shape;

import org.jspecify.annotations.NullMarked;
