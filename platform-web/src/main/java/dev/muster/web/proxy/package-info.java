/** Where a request came from, when proxies stand between. */
@NullMarked
package dev.muster.web.proxy;

import org.jspecify.annotations.NullMarked;
