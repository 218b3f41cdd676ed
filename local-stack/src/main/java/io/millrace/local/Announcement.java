package io.millrace.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told when the local pipeline is ready: lines to copy.
 *
 * @param settings as asked for
 * @param data the folder in use
 * @param servers the embedded queue and store
 */
record Announcement(LocalSettings settings, DataDirectory data, EmbeddedServers servers) {
  private static final String LOOPBACK = "127.0.0.1";

  /** All addresses, as {@link java.net.InetAddress#getHostAddress} writes them. */
  private static final List<String> EVERYWHERE = List.of("0.0.0.0", "0:0:0:0:0:0:0:0");

  /** The lines, for a pipeline that is ready. */
  List<String> lines(LocalPipeline pipeline) {
    String host = "http://" + host() + ":";
    String url = host + pipeline.port() + "/v1/collections";
    Path objects = data.objects().resolve(EmbeddedServers.BUCKET);
    List<String> lines = new ArrayList<>();
    lines.add("Millrace is ready. " + queueSentence());
    lines.add("");
    lines.add("  POST to   " + url);
    lines.add("  try       curl -i -H 'Content-Type: application/json' \\");
    lines.add(
        "              -d '{\"version\":\"1\",\"token\":\"demo\",\"data\":[{\"hello\":\"world\"}]}'"
            + " "
            + url);
    if (pipeline.isRolled()) {
      lines.add("  read      ./millrace cat " + quoted(objects));
    }
    lines.add("  objects   " + objects);
    lines.add(
        "  metrics   "
            + host
            + pipeline.webAdminPort()
            + "/metrics (web), "
            + host
            + pipeline.workerAdminPort()
            + "/metrics (worker)");
    lines.add("  SQS, S3   as every AWS client finds them:");
    servers.exports().forEach(export -> lines.add("              " + export));
    lines.add("");
    if (isEverywhere()) {
      lines.add("Every machine that reaches this one may post and read metrics: no TLS, no keys.");
    }
    lines.add("Ctrl-C stores what was acknowledged and stops.");
    return lines;
  }

  /** How a client on this machine reaches what is listened on. */
  private String host() {
    String address = isEverywhere() ? LOOPBACK : settings.address();
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private boolean isEverywhere() {
    return EVERYWHERE.contains(settings.address());
  }

  private String queueSentence() {
    return settings.durableQueue()
        ? "Its queue is on disk, in " + data.queue() + "."
        : "Its queue is in memory: what is on it is gone if this process is killed.";
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
