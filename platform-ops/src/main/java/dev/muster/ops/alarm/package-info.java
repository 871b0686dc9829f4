/** What operators must look at while a process goes on working. */
@NullMarked
package dev.muster.ops.alarm;

import org.jspecify.annotations.NullMarked;
