/** The audit log over HTTP. */
@NullMarked
package dev.muster.query.audit.web;

import org.jspecify.annotations.NullMarked;
