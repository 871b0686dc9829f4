package dev.muster.web.contract;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract for people: a page that draws {@code /openapi.json}, all of it from here. */
@Hidden
@RestController
final class DocsController {

  private static final String OWN = "dev/muster/web/contract/docs";
  private static final String UI = "META-INF/resources/webjars/swagger-ui/" + version();

  /** Nothing from elsewhere and no script in the page; the drawing sets styles on its elements. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Map<String, ServedFile> files =
      Map.of(
          "/docs", ServedFile.of(OWN + ".html", "text/html;charset=UTF-8"),
          "/docs/docs.js", ServedFile.of(OWN + ".js", "text/javascript;charset=UTF-8"),
          "/docs/swagger-ui.css", ServedFile.of(UI + "/swagger-ui.css", "text/css;charset=UTF-8"),
          "/docs/swagger-ui.js",
              ServedFile.of(UI + "/swagger-ui-bundle.js", "text/javascript;charset=UTF-8"));

  @GetMapping({"/docs", "/docs/docs.js", "/docs/swagger-ui.css", "/docs/swagger-ui.js"})
  ResponseEntity<byte[]> file(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    return Objects.requireNonNull(files.get(request.getServletPath())).answer(response);
  }

  private static String version() {
    var about = new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties");
    try {
      return PropertiesLoaderUtils.loadProperties(about).getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException("this build lacks swagger-ui", e);
    }
  }
}
