package io.millrace.contract;

import org.junit.jupiter.api.extension.RegisterExtension;

class MessageQueueEmbeddedIT implements QueueServerContract {
  @RegisterExtension
  static final ServerExtension SERVER = new ServerExtension(Servers::embeddedQueue);

  @Override
  public ServerExtension server() {
    return SERVER;
  }
}
