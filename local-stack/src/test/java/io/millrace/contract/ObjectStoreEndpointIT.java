package io.millrace.contract;

import org.junit.jupiter.api.extension.RegisterExtension;

class ObjectStoreEndpointIT implements StoreServerContract {
  @RegisterExtension static final ServerExtension SERVER = new ServerExtension(Servers::endpoint);

  @Override
  public ServerExtension server() {
    return SERVER;
  }
}
