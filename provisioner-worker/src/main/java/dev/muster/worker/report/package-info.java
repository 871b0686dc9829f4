@NullMarked
package dev.muster.worker.report;

import org.jspecify.annotations.NullMarked;
