/** Topics whose records several members of a group share, each handled at least once. */
@NullMarked
package dev.muster.kafka.group;

import org.jspecify.annotations.NullMarked;
