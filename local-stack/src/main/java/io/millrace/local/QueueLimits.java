package io.millrace.local;

import org.elasticmq.Limit;
import org.elasticmq.Limits;
import org.elasticmq.NoLimit$;
import org.elasticmq.RangeLimit;
import org.elasticmq.StrictSQSLimits$;
import scala.collection.immutable.List;
import scala.math.BigDecimal;

/**
 * The limits of AWS, without the check of every character of a body: it costs more than all the
 * rest of the embedded queue, and what this project sends is ASCII. Immutable.
 */
final class QueueLimits implements Limits {
  private static final Limits STRICT = StrictSQSLimits$.MODULE$;

  @Override
  @SuppressWarnings("unchecked") // NoLimit is a Limit of every type: Scala's Limit is covariant.
  public Limit<List<RangeLimit<Object>>> bodyValidCharactersLimit() {
    return (Limit<List<RangeLimit<Object>>>) (Limit<?>) NoLimit$.MODULE$;
  }

  @Override
  public Limit<Object> queueNameLengthLimit() {
    return STRICT.queueNameLengthLimit();
  }

  @Override
  public Limit<Object> batchSizeLimit() {
    return STRICT.batchSizeLimit();
  }

  @Override
  public Limit<RangeLimit<Object>> numberOfMessagesLimit() {
    return STRICT.numberOfMessagesLimit();
  }

  @Override
  public Limit<Object> nonEmptyAttributesLimit() {
    return STRICT.nonEmptyAttributesLimit();
  }

  @Override
  public Limit<RangeLimit<BigDecimal>> numberAttributeValueLimit() {
    return STRICT.numberAttributeValueLimit();
  }

  @Override
  public Limit<RangeLimit<Object>> messageWaitTimeLimit() {
    return STRICT.messageWaitTimeLimit();
  }

  @Override
  public Limit<Object> maxMessageLength() {
    return STRICT.maxMessageLength();
  }

  @Override
  public Limit<Object> messageAttributesLimit() {
    return STRICT.messageAttributesLimit();
  }
}
