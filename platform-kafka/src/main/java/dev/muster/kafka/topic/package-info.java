/** Topics read outside any group: as a whole, or one record of them. */
@NullMarked
package dev.muster.kafka.topic;

import org.jspecify.annotations.NullMarked;
