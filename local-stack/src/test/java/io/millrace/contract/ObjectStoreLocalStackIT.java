package io.millrace.contract;

import org.junit.jupiter.api.extension.RegisterExtension;

class ObjectStoreLocalStackIT implements StoreServerContract {
  @RegisterExtension static final ServerExtension SERVER = new ServerExtension(LocalStack::start);

  @Override
  public ServerExtension server() {
    return SERVER;
  }
}
