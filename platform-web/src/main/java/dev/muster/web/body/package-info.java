@NullMarked
package dev.muster.web.body;

import org.jspecify.annotations.NullMarked;
