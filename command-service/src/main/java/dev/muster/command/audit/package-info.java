/** Seals every event in the tamper-evident audit log, and signs how far it has come. */
@NullMarked
package dev.muster.command.audit;

import org.jspecify.annotations.NullMarked;
