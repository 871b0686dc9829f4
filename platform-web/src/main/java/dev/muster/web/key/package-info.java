@NullMarked
package dev.muster.web.key;

import org.jspecify.annotations.NullMarked;
