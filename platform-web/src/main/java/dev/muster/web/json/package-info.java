@NullMarked
package dev.muster.web.json;

import org.jspecify.annotations.NullMarked;
