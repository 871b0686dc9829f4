/** What operators set for every HTTP service alike. */
@NullMarked
package dev.muster.web.settings;

import org.jspecify.annotations.NullMarked;
