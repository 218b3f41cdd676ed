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

  /** The lines, for a pipeline that is ready. */
  List<String> lines(LocalPipeline pipeline) {
    String url = "http://127.0.0.1:" + pipeline.port() + "/v1/collections";
    Path objects = data.objects().resolve(EmbeddedServers.BUCKET);
    List<String> lines = new ArrayList<>();
    lines.add("Millrace is ready. " + queueSentence());
    lines.add("");
    lines.add("  POST to   " + url);
    lines.add("  try       curl -i -H 'Content-Type: application/json' \\");
    lines.add(
        "              -d '{\"version\":\"1\",\"token\":\"demo\",\"data\":[{\"hello\":\"world\"}]}' "
            + url);
    if (pipeline.isRolled()) {
      lines.add("  read      ./millrace cat " + quoted(objects));
    }
    lines.add("  objects   " + objects);
    lines.add(
        "  metrics   http://127.0.0.1:"
            + pipeline.webAdminPort()
            + "/metrics (web), http://127.0.0.1:"
            + pipeline.workerAdminPort()
            + "/metrics (worker)");
    lines.add("  SQS, S3   as every AWS client finds them:");
    servers.exports().forEach(export -> lines.add("              " + export));
    lines.add("");
    lines.add("Ctrl-C stores what was acknowledged and stops.");
    return lines;
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
