@NullMarked
package dev.muster.web.problem;

import org.jspecify.annotations.NullMarked;
