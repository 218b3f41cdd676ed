package io.millrace.contract;

import org.junit.jupiter.api.extension.RegisterExtension;

class ObjectStoreEmbeddedIT implements StoreServerContract {
  @RegisterExtension
  static final ServerExtension SERVER = new ServerExtension(Servers::embeddedStore);

  @Override
  public ServerExtension server() {
    return SERVER;
  }
}
