/** What the audit log says of an event, and how a sealed event stands on its topic. */
@NullMarked
package dev.muster.events.audit;

import org.jspecify.annotations.NullMarked;
