package io.millrace.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The setting of where a port is listened on: one address of this machine, or all. */
public final class ListenAddress {
  private ListenAddress() {}

  /**
   * Such a setting; without a value the port is listened on at all addresses.
   *
   * @param port the setting of the port
   */
  public static Setting<InetAddress> of(String name, Setting<Integer> port) {
    return Setting.parsed(
        name,
        "",
        "an IP address of this machine, or a name of one",
        "Address at which " + port.name() + " is listened on; without it all of them",
        ListenAddress::parse);
  }

  /** Reads both. */
  public static InetSocketAddress read(
      SettingsReader reader, Setting<InetAddress> address, Setting<Integer> port) {
    int number = reader.get(port);
    return new InetSocketAddress(reader.get(address), number);
  }

  /**
   * Why a port can't be listened on, with what to do, for {@code TierCommand} to print.
   *
   * @param option the command-line option of the port
   */
  public static UncheckedIOException refused(
      InetSocketAddress address, String option, IOException cause) {
    String where =
        address.getAddress() != null && address.getAddress().isAnyLocalAddress()
            ? ""
            : " of " + address.getHostString();
    return new UncheckedIOException(
        "can't listen on port %d%s (%s): try another by %s"
            .formatted(address.getPort(), where, cause.getMessage(), option),
        cause);
  }

  private static InetAddress parse(String text) {
    if (text.isEmpty()) {
      return new InetSocketAddress(0).getAddress();
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
