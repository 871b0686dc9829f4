@NullMarked
package dev.muster.cli.instance;

import org.jspecify.annotations.NullMarked;
