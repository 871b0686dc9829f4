@NullMarked
package dev.muster.web.caller;

import org.jspecify.annotations.NullMarked;
