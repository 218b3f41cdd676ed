package io.millrace.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TierAddressTest {
  private static final List<String> JAVA = List.of("java", "-jar", "/app/tier.jar");

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void of_nothingGiven_isTheDefault() throws UnknownHostException {
    assertThat(TierAddress.of(Map.of(), JAVA, "8081")).isEqualTo(local(8081));
  }

  @Test
  void of_environment_winsOverTheDefault() throws UnknownHostException {
    assertThat(TierAddress.of(Map.of("ADMIN_PORT", "9000"), JAVA, "8081")).isEqualTo(local(9000));
  }

  @Test
  void of_option_winsOverTheEnvironment() throws UnknownHostException {
    Map<String, String> environment = Map.of("ADMIN_PORT", "9000");
    List<String> two = List.of("java", "-jar", "tier.jar", "--admin-port", "9001", "--port", "1");
    List<String> one = List.of("/sbin/docker-init", "--", "java", "--admin-port=9002");

    assertThat(TierAddress.of(environment, two, "8081")).isEqualTo(local(9001));
    assertThat(TierAddress.of(environment, one, "8081")).isEqualTo(local(9002));
  }

  @Test
  void of_oneAddress_isThat() throws UnknownHostException {
    Map<String, String> environment = Map.of("ADMIN_ADDRESS", "127.0.0.2");

    assertThat(TierAddress.of(environment, JAVA, "8081").getAddress().getHostAddress())
        .isEqualTo("127.0.0.2");
    assertThat(
            TierAddress.of(environment, List.of("--admin-address", "127.0.0.3"), "8081")
                .getAddress()
                .getHostAddress())
        .isEqualTo("127.0.0.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.0.0.0", "::"})
  void of_allAddresses_isLoopback(String all) throws UnknownHostException {
    assertThat(TierAddress.of(Map.of("ADMIN_ADDRESS", all), JAVA, "8081")).isEqualTo(local(8081));
  }
}
