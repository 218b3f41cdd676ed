package io.millrace.contract;

import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStore;

class ObjectStoreFakeTest implements ObjectStoreContract, ListingContract {
  @Override
  public ObjectStore emptyStore() {
    return new FakeObjectStore();
  }
}
