package io.millrace.worker.exactlyonce;

import io.millrace.model.Claim;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.List;
import java.util.Set;

/**
 * The next call to the store, or the end, as {@link StoreOnceRules} decides. A call that reads is
 * made again until it is answered.
 */
public sealed interface Step {

  /** A step on the way of a roll into an object. */
  sealed interface Write extends Step {}

  /** Announce the object: put its manifest, the exact list of the roll's batches. */
  record PutManifest() implements Write {}

  /** Look at the claims to the roll's batches, now that the roll is announced. */
  record ListClaims() implements Write {}

  /** Put the data, always the same bytes at the key of the manifest. */
  record PutData() implements Write {}

  /** Something lies at the data key: look what. */
  record LookAtData() implements Write {}

  /**
   * This key will never hold the roll. Start again under a new one.
   *
   * @param leftOut positions of batches that another delivery has the right to; not deleted, let
   *     lie until their visibility ends
   */
  record StartAgain(Set<Integer> leftOut) implements Write {
    public StartAgain {
      leftOut = Set.copyOf(leftOut);
    }
  }

  /** The key takes no such data: close it by a tombstone, so that the data can go elsewhere. */
  record PutFence() implements Write {}

  /** Something lies at the key that was to be closed: look what. */
  record LookAtFence() implements Write {}

  /** The key is closed and never will hold the roll, whose batches are free to go elsewhere. */
  record Fenced() implements Write {}

  /** No batch is left to the roll; nothing is stored and nothing deleted. */
  record NothingLeft() implements Write {}

  /** The roll is known to be stored: its messages may be deleted. */
  record Stored() implements Write {}

  /** A step on the way of a suspect: has its batch been stored before, or can it still be? */
  sealed interface Check extends Step {}

  /** See which claims to the batch there are. */
  record ListOwnClaims() implements Check {}

  /** Put the claim. */
  record PutClaim(Claim mine) implements Check {}

  /** See which manifests name the batch, now that the claim lies there. */
  record ListManifests(Claim mine) implements Check {}

  /**
   * Look what lies at the key of the first place.
   *
   * @param places not empty
   */
  record LookAtPlace(Claim mine, List<Place> places) implements Check {
    public LookAtPlace {
      places = List.copyOf(places);
    }
  }

  /**
   * Nothing lies there yet: put a tombstone at the key of the first place.
   *
   * @param places not empty
   */
  record PutTombstone(Claim mine, List<Place> places) implements Check {
    public PutTombstone {
      places = List.copyOf(places);
    }
  }

  /**
   * A batch of the same name and other bytes is announced or stored there. The suspect is not that
   * batch, and must neither be deleted as stored nor be stored as it.
   *
   * @param where that one is, for people
   */
  record Contradicted(String where) implements Check {}

  /**
   * The store refuses a step of this suspect alone, for good.
   *
   * @param reason the store's, for the dead letters
   */
  record Refused(String reason) implements Check {}

  /**
   * The batch is not stored as far as can be told, but a manifest that can't be read announces a
   * roll that is, and may hold it: the message comes again.
   *
   * @param manifestKey of that manifest
   */
  record Open(String manifestKey) implements Check {}

  /** The batch is stored already: the message may be deleted. */
  record Found(Place place) implements Check {}

  /** The batch is stored nowhere and no earlier roll can store it: into a roll, with the claim. */
  record NotThere(Claim mine) implements Check {}
}
