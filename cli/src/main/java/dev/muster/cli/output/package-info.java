/** How answers are shown: tables, JSON, YAML, single fields. */
@NullMarked
package dev.muster.cli.output;

import org.jspecify.annotations.NullMarked;
