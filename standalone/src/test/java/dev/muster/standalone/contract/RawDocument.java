package dev.muster.standalone.contract;

import dev.muster.events.envelope.Correlation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What springdoc makes of the controllers: paths and schemas, and not yet what all of them share.
 */
final class RawDocument {

  private static final String PATH = "/v3/api-docs";
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "springdoc.api-docs.version", "openapi_3_1",
          "springdoc.override-with-generic-response", "false",
          "springdoc.remove-broken-reference-definitions", "false");

  private RawDocument() {}

  @Configuration(proxyBeanMethods = false)
  @EnableWebMvc
  @EnableConfigurationProperties
  @ImportAutoConfiguration({
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocWebMvcConfiguration.class
  })
  static class Web {

    @Bean
    SchemaNames schemaNames() {
      return new SchemaNames();
    }

    @Bean
    Shapes shapes(ObjectMapperProvider mappers, SchemaNames names) {
      return new Shapes(mappers.jsonMapper(), names);
    }

    @Bean
    DescribedCalls describedCalls() {
      return new DescribedCalls();
    }

    @Bean
    SourceComments sourceComments() {
      return new SourceComments();
    }
  }

  /** The document, and which record each of its schemas is of. */
  record Made(ObjectNode json, Map<String, Class<?>> records, SourceComments comments) {}

  static Made make() throws Exception {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Correlation.class, JsonNode.class);
    try (var context = new AnnotationConfigWebApplicationContext()) {
      context.setServletContext(new MockServletContext());
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("doc", SETTINGS));
      context.register(Web.class);
      context.addBeanFactoryPostProcessor(
          factory -> Controllers.registerIn((BeanDefinitionRegistry) factory));
      context.refresh();
      var json =
          context
              .getBean(OpenApiWebMvcResource.class)
              .openapiJson(new MockHttpServletRequest("GET", PATH), PATH, Locale.ROOT);
      return new Made(
          (ObjectNode) JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8)),
          context.getBean(SchemaNames.class).records(),
          context.getBean(SourceComments.class));
    }
  }
}
