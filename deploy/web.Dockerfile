# The web tier's image, from source. From the repository's root:
#   docker build -f deploy/web.Dockerfile -t millrace-web .
# BUILD_IMAGE needs a JDK of 17 or later and Maven of 3.8 or later, RUN_IMAGE a Java runtime that knows the options below
# (25 does, 17.0.15 does, the first updates of 17 do not) with the JVM's own class-data archive. Both are of Linux with
# glibc. RUN_IMAGE needs env, and bash, find and sed while it is built.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUN_IMAGE=eclipse-temurin:25-jre

# The stages build and training are alike in both Dockerfiles, so that what one has built the other need not.
FROM ${BUILD_IMAGE} AS build
# More options for Maven, such as -s with a settings file of the build image.
ARG MVN_OPTIONS=""
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked \
    mvn -B -q -ntp ${MVN_OPTIONS} -pl ingest-web,upload-worker,local-stack -am package \
      -Dmaven.test.skip=true -Denforcer.skip -Djacoco.skip -Dmdep.analyze.skip
# For each tier: libraries, which change seldom and are most of the bytes, and ours. All with the same time, so that the
# same content is the same layer, and is what the class-data archive was made of. zstd's native library lies beside the
# jars: it would unpack itself into /tmp at each start.
RUN set -eu; \
    case $(uname -m) in x86_64) arch=amd64 ;; *) arch=$(uname -m) ;; esac; \
    for tier in ingest-web upload-worker; do \
      libraries=/out/libraries/$tier ours=/out/ours/$tier; \
      mkdir -p $libraries/native $ours/lib; \
      mv $tier/target/$tier.jar $ours/; \
      mv $tier/target/lib/common-model-*.jar $tier/target/lib/platform-*.jar $ours/lib/; \
      mv $tier/target/lib $libraries/; \
      (cd $libraries/native && jar -xf ../lib/zstd-jni-*.jar linux/$arch && mv linux/*/*.so . && rm -r linux); \
    done; \
    mkdir /out/local-stack; \
    mv local-stack/target/local-stack.jar local-stack/target/lib /out/local-stack/; \
    find /out -exec touch -h -d @1000000000 {} +

# Makes the class-data archives, with the very JVM that will use them.
FROM ${RUN_IMAGE} AS training
COPY --from=build /out/libraries/ /app/
COPY --from=build /out/ours/ /app/
COPY --from=build /out/local-stack/ /local-stack/
COPY --from=build /src/deploy/class-data /local-stack/
RUN /local-stack/class-data java /local-stack/local-stack.jar \
      /app/ingest-web/ingest-web.jar /app/upload-worker/upload-worker.jar class-data.jsa \
    && touch -d @1000000000 /app/*/class-data.jsa

FROM ${RUN_IMAGE}
WORKDIR /app/ingest-web
COPY --from=build /out/libraries/ingest-web/ ./
COPY --from=build /out/ours/ingest-web/ ./
COPY --from=training /app/ingest-web/class-data.jsa ./
# A number, so that an orchestrator sees that it is not root. Nothing is written anywhere.
USER 10001:10001
EXPOSE 8080 8081
# A JVM as small as it gets: it runs for a tenth of a second. Without the tier's own JVM options, which may not go with
# these, or may want a port or an agent of their own. The tier's options and environment tell it the port.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["env", "-u", "JAVA_TOOL_OPTIONS", "-u", "JDK_JAVA_OPTIONS", "-u", "_JAVA_OPTIONS", \
         "java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx16m", \
         "-cp", "/app/ingest-web/ingest-web.jar", "io.millrace.health.Main", "8081"]
# In exec form, so that SIGTERM reaches Java. JAVA_TOOL_OPTIONS adds to these options.
# The two intervals, in ms, give memory back that a crowd needed and calm does not.
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/ingest-web/class-data.jsa", "-Xlog:cds*=off", \
    "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", \
    "-XX:G1PeriodicGCInterval=15000", "-XX:TrimNativeHeapInterval=60000", \
    "-Djava.library.path=/app/ingest-web/native", "-jar", "/app/ingest-web/ingest-web.jar"]
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Millrace web tier" \
      org.opencontainers.image.description="Takes collections over HTTP and packs them into SQS messages." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
