@NullMarked
package dev.muster.ops.server;

import org.jspecify.annotations.NullMarked;
