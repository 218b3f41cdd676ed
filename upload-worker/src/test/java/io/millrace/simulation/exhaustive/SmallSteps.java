package io.millrace.simulation.exhaustive;

import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.simulation.RulesUnderTest;
import io.millrace.simulation.exhaustive.SmallStore.Kind;
import io.millrace.simulation.exhaustive.SmallStore.Put;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.exactlyonce.StoreOnceRules.Holding;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All that may happen next to one batch: each delivery may take its step, late PUTs may land. */
final class SmallSteps {
  private static final String BATCH = "batch";

  private final PutResult unknown = new PutResult.Unknown(new ObjectStoreException("exhaustive"));
  private final RulesUnderTest rules;
  private final List<Integer> draws;

  /**
   * @param draws what each delivery draws for the random part of its claim
   */
  SmallSteps(RulesUnderTest rules, List<Integer> draws) {
    this.rules = rules;
    this.draws = draws;
  }

  List<SmallWorld> after(SmallWorld world) {
    List<SmallWorld> next = new ArrayList<>();
    for (int who = 0; who < world.deliveries().size(); who++) {
      SmallDelivery delivery = world.deliveries().get(who);
      if (!delivery.hasEnded()) {
        Turn turn = new Turn(world, who, delivery);
        next.addAll(delivery.step() instanceof Step.Write step ? write(turn, step) : check(turn));
      }
    }
    for (Put put : world.late()) {
      next.add(land(world.withoutLate(put), put));
    }
    return next;
  }

  /** Whose step it is, and where. */
  private record Turn(SmallWorld world, int who, SmallDelivery delivery) {
    List<SmallWorld> to(Step next) {
      return List.of(world.with(who, delivery.to(next)));
    }

    SmallStore store() {
      return world.store();
    }
  }

  private List<SmallWorld> write(Turn turn, Step.Write step) {
    SmallDelivery delivery = turn.delivery;
    int key = delivery.key();
    if (step instanceof Step.PutManifest) {
      return put(turn, new Put(Kind.MANIFEST, key), rules::afterManifest);
    } else if (step instanceof Step.ListClaims) {
      Holding holding = new Holding(BATCH, delivery.claim());
      return turn.to(rules.afterClaims(List.of(holding), Map.of(BATCH, turn.store().greatest())));
    } else if (step instanceof Step.PutData) {
      return put(turn, new Put(Kind.ROLL, key), rules::afterData);
    } else if (step instanceof Step.LookAtData) {
      return turn.to(rules.afterLookAtData(SmallStore.ROLL_BYTES, turn.store().size(key)));
    } else if (step instanceof Step.StartAgain) {
      boolean sameKey = key >= 0 && !rules.takesNewKey();
      return sameKey ? turn.to(rules.announce()) : takeKey(turn);
    }
    return List.of(turn.world.with(turn.who, delivery.asDeleted()));
  }

  private List<SmallWorld> takeKey(Turn turn) {
    SmallDelivery announcing = turn.delivery.to(rules.announce());
    List<SmallWorld> next = new ArrayList<>();
    for (int key = 0; key < turn.store().data().size(); key++) {
      if (!turn.world.usedKeys().contains(key)) {
        next.add(turn.world.withKeyUsed(key).with(turn.who, announcing.at(key)));
      }
    }
    return next;
  }

  private List<SmallWorld> check(Turn turn) {
    SmallStore store = turn.store();
    Step step = turn.delivery.step();
    if (step instanceof Step.ListOwnClaims) {
      return turn.to(rules.afterOwnClaims(store.claims(), () -> draws.get(turn.who)));
    } else if (step instanceof Step.PutClaim put) {
      return put(turn, new Put(put.mine()), result -> rules.afterClaim(put, result));
    } else if (step instanceof Step.ListManifests list) {
      return readPage(turn, list);
    } else if (step instanceof Step.LookAtPlace look) {
      return turn.to(rules.afterLookAtPlace(look, store.size(key(look.places()))));
    } else if (step instanceof Step.PutTombstone put) {
      Put tombstone = new Put(Kind.TOMBSTONE, key(put.places()));
      return put(turn, tombstone, result -> rules.afterTombstone(put, result));
    } else if (step instanceof Step.NotThere free) {
      return List.of(turn.world.with(turn.who, turn.delivery.intoRoll(free.mine())));
    }
    return List.of(turn.world.with(turn.who, turn.delivery.asDeleted()));
  }

  /** A page is one key, there or not. */
  private List<SmallWorld> readPage(Turn turn, Step.ListManifests step) {
    int page = turn.delivery.pages();
    if (page == turn.store().data().size()) {
      return turn.to(rules.afterManifests(step, turn.delivery.seen()));
    }
    List<Place> shown = turn.store().place(page).stream().toList();
    return List.of(turn.world.with(turn.who, turn.delivery.withPage(shown)));
  }

  private static int key(List<Place> places) {
    return Integer.parseInt(places.get(0).dataKey());
  }

  /** It is answered; or the answer is lost, and it takes effect at once, or later, or never. */
  private List<SmallWorld> put(Turn turn, Put put, Function<PutResult, Step> then) {
    SmallWorld world = turn.world;
    SmallDelivery delivery = turn.delivery;
    boolean there = world.store().has(put) && !rules.overwrites();
    PutResult result = there ? new PutResult.AlreadyThere() : new PutResult.Stored();
    List<SmallWorld> next = new ArrayList<>();
    next.add(land(world, put).with(turn.who, delivery.to(then.apply(result))));
    if (world.lossesLeft() > 0) {
      SmallWorld lost = world.withAnswerLost().with(turn.who, delivery.to(then.apply(unknown)));
      next.add(land(lost, put));
      next.add(lost.withLate(put));
    }
    return next;
  }

  private SmallWorld land(SmallWorld world, Put put) {
    boolean there = world.store().has(put) && !rules.overwrites();
    return there ? world : world.with(world.store().with(put));
  }
}
