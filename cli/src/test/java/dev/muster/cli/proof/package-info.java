@NullMarked
package dev.muster.cli.proof;

import org.jspecify.annotations.NullMarked;
