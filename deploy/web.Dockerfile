# The web tier's image, from source. From the repository's root:
#   docker build -f deploy/web.Dockerfile -t millrace-web .
# BUILD_IMAGE needs a JDK of 17 or later and Maven of 3.8 or later, RUN_IMAGE a Java runtime of 17 or later and bash.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUN_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
# More options for Maven, such as -s with a settings file of the build image.
ARG MVN_OPTIONS=""
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp ${MVN_OPTIONS} -pl ingest-web -am -DskipTests package \
    && mkdir -p /out/lib /out/own \
    && mv ingest-web/target/lib/common-model-*.jar /out/own/ \
    && mv ingest-web/target/lib/*.jar /out/lib/ \
    && mv ingest-web/target/ingest-web.jar /out/

FROM ${RUN_IMAGE}
WORKDIR /app
# The libraries change seldom and are most of the bytes: a layer of their own, below ours.
COPY --from=build /out/lib/ lib/
COPY --from=build /out/own/ lib/
COPY --from=build /out/ingest-web.jar ./
COPY deploy/health.sh ./
# A number, so that an orchestrator sees that it is not root. Nothing is written but to /tmp (zstd's native library).
USER 10001:10001
EXPOSE 8080 8081
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 CMD ["/app/health.sh", "8081"]
# In exec form, so that SIGTERM reaches Java. JAVA_TOOL_OPTIONS adds to these options.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "/app/ingest-web.jar"]
