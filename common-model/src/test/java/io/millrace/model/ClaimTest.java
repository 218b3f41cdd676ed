package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
  private final RandomGenerator random = new Random(1);

  @Test
  void above_none_isTheFirst() {
    assertThat(Claim.above(List.of(), random).n()).isEqualTo(1);
  }

  @Test
  void above_others_isGreaterThanEach() {
    Claim first = Claim.above(List.of(), random);
    Claim second = Claim.above(List.of(first), random);
    Claim third = Claim.above(List.of(second, first), random);

    assertThat(List.of(Claim.NONE, first, second, third)).isSorted();
    assertThat(third).isGreaterThan(second);
  }

  @Test
  void above_theSameTwice_differsByRandom() {
    Claim one = Claim.above(List.of(), random);
    Claim other = Claim.above(List.of(), random);

    assertThat(one.n()).isEqualTo(other.n());
    assertThat(one).isNotEqualByComparingTo(other);
  }

  @Test
  void toString_manyClaims_sortAsTheyDo() {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      claims.add(new Claim(1 + random.nextInt(99_999_999), "%016x".formatted(random.nextLong())));
    }
    Collections.sort(claims);

    assertThat(claims.stream().map(Claim::toString)).isSorted();
    assertThat(claims.stream().map(claim -> Claim.parse(claim.toString()))).isEqualTo(claims);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1-00", "00000001-000000000000000G", "00000001", "-1-00"})
  void parse_anotherForm_throws(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Claim.parse(text));
  }
}
