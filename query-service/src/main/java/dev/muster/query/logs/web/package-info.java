/** What instances print, over HTTP. */
@NullMarked
package dev.muster.query.logs.web;

import org.jspecify.annotations.NullMarked;
