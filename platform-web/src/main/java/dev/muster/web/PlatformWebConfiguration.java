package dev.muster.web;

import dev.muster.ops.OpsConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** What every HTTP service of the platform does in the same way; each imports this once. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@Import(OpsConfiguration.class)
@PropertySource("classpath:platform-web.properties")
public class PlatformWebConfiguration {}
