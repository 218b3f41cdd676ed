package io.millrace.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreEmbeddedFilesIT implements StoreServerContract {
  @TempDir static Path directory;

  @RegisterExtension
  static final ServerExtension SERVER = new ServerExtension(() -> Servers.embeddedStore(directory));

  @Override
  public ServerExtension server() {
    return SERVER;
  }
}
