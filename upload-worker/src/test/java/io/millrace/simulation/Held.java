package io.millrace.simulation;

import io.millrace.model.Claim;
import io.millrace.worker.exactlyonce.StoreOnceRules.Holding;

/** A delivery on its way into a roll, with its claim. */
record Held(Delivery delivery, Claim claim) {
  Holding holding() {
    return new Holding(delivery.batch(), claim);
  }

  @Override
  public String toString() {
    return delivery.id() + " " + delivery.batch() + (claim.n() == 0 ? "" : " claim " + claim);
  }
}
