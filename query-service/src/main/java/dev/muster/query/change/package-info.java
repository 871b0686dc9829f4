/** What has just become readable, at this replica or another. */
@NullMarked
package dev.muster.query.change;

import org.jspecify.annotations.NullMarked;
