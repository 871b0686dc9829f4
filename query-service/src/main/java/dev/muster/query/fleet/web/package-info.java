/** The fleet over HTTP. */
@NullMarked
package dev.muster.query.fleet.web;

import org.jspecify.annotations.NullMarked;
