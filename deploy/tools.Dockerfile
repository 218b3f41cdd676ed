# The commands of those who are on call, audit, find, cat, redrive and plan, from source. From the repository's root:
#   docker build -f deploy/tools.Dockerfile -t millrace-tools .
#   docker run --rm -e AWS_REGION -e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY millrace-tools audit --bucket telemetry
# BUILD_IMAGE needs a JDK of 17 or later and Maven of 3.8 or later, RUN_IMAGE a Java runtime of 17 or later. Both are of
# Linux with glibc.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUN_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
# More options for Maven, such as -s with a settings file of the build image.
ARG MVN_OPTIONS=""
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked \
    mvn -B -q -ntp ${MVN_OPTIONS} -pl toolbox -am package \
      -Dmaven.test.skip=true -Denforcer.skip -Djacoco.skip -Dmdep.analyze.skip
# Libraries and ours apart, with one fixed time, and zstd's native library beside the jars: as in the tiers' images.
RUN set -eu; \
    case $(uname -m) in x86_64) arch=amd64 ;; *) arch=$(uname -m) ;; esac; \
    mkdir -p /out/libraries/native /out/ours/lib; \
    mv toolbox/target/toolbox.jar /out/ours/; \
    mv toolbox/target/lib/common-model-*.jar toolbox/target/lib/platform-*.jar /out/ours/lib/; \
    mv toolbox/target/lib /out/libraries/; \
    (cd /out/libraries/native && jar -xf ../lib/zstd-jni-*.jar linux/$arch && mv linux/*/*.so . && rm -r linux); \
    find /out -exec touch -h -d @1000000000 {} +

FROM ${RUN_IMAGE}
WORKDIR /app/toolbox
COPY --from=build /out/libraries/ ./
COPY --from=build /out/ours/ ./
USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:-UsePerfData", "-Djava.library.path=/app/toolbox/native", \
    "-jar", "/app/toolbox/toolbox.jar"]
CMD ["--help"]
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Millrace tools" \
      org.opencontainers.image.description="Audits what is stored, finds lines by receipt, sends dead letters back." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
