/** How calls of operators are recorded, done and answered. */
@NullMarked
package dev.muster.command.operator.web;

import org.jspecify.annotations.NullMarked;
