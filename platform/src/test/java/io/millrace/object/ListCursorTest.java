package io.millrace.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListCursorTest {
  private static List<ObjectInfo> objects(String... keys) {
    return Stream.of(keys).map(key -> new ObjectInfo(key, 1)).toList();
  }

  private static void assertWrong(ListCursor from, List<ObjectInfo> found, String why) {
    assertThatThrownBy(() -> from.page(found, false, null))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("the store's LIST of \"p/\" " + why);
  }

  @Test
  void page_lastOne_hasNoNext() {
    assertThat(ListCursor.of("p/", null).page(objects("p/a"), false, "ignored"))
        .isEqualTo(new ListPage(objects("p/a"), null));
  }

  @Test
  void page_truncated_goesOnByTheToken() {
    ListCursor next = ListCursor.of("p/", "p/0").page(objects("p/a"), true, "t1").next();
    assertThat(next).isEqualTo(new ListCursor("p/", "p/0", "t1", "p/a", 0, 0));
    assertThat(next.page(objects("p/b"), true, "t2").next().token()).isEqualTo("t2");
  }

  @Test
  void page_truncatedWithoutAToken_goesOnBehindTheLastKey() {
    ListCursor next = ListCursor.of("p/", "p/0").page(objects("p/a", "p/b"), true, null).next();
    assertThat(next.token()).isNull();
    assertThat(next.behind()).isEqualTo("p/b");
  }

  @Test
  void page_emptyButTruncated_isNoEnd() {
    ListCursor next = ListCursor.of("p/", null).page(List.of(), true, "t1").next();
    assertThat(next.page(objects("p/a"), false, null).objects()).isEqualTo(objects("p/a"));
  }

  @Test
  void page_startAfterComesAgain_isLeftOut() {
    ListCursor from = ListCursor.of("p/", "p/b");
    assertThat(from.page(objects("p/b", "p/c"), false, null).objects()).isEqualTo(objects("p/c"));
    assertThat(from.page(objects("p/b"), false, null)).isEqualTo(new ListPage(List.of(), null));
  }

  @Test
  void page_startAfterIgnored_keysBeforeItAreLeftOutOnEveryPage() {
    ListPage first = ListCursor.of("p/", "p/c").page(objects("p/a", "p/b"), true, "t");
    assertThat(first.objects()).isEmpty();
    assertThat(first.next().page(objects("p/c", "p/d"), false, null).objects())
        .isEqualTo(objects("p/d"));
  }

  @Test
  void page_outOfOrder_isNamed() {
    ListCursor from = ListCursor.of("p/", null);
    assertWrong(from, objects("p/b", "p/a"), "is not in ascending order: p/a came after p/b");
    assertWrong(from, objects("p/a", "p/a"), "is not in ascending order");
    ListCursor next = from.page(objects("p/b"), true, "t").next();
    assertWrong(next, objects("p/a"), "is not in ascending order: p/a came after p/b");
    assertWrong(next, objects("p/b"), "is not in ascending order");
  }

  @Test
  void page_order_isThatOfUtf8() {
    List<ObjectInfo> inOrder = objects("p/\uffee", "p/\ud83d\ude00"); // reversed as UTF-16
    assertThat(ListCursor.of("p/", null).page(inOrder, false, null).objects()).isEqualTo(inOrder);
  }

  @Test
  void page_otherPrefix_isNamed() {
    assertWrong(ListCursor.of("p/", null), objects("q/a"), "ignores the prefix: it brought q/a");
  }

  @Test
  void page_emptyWithoutATokenOrWithTheSame_makesNoProgress() {
    ListCursor from = ListCursor.of("p/", null);
    assertThatThrownBy(() -> from.page(List.of(), true, null))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("makes no progress");
    ListCursor next = from.page(objects("p/a"), true, "t").next();
    assertThatThrownBy(() -> next.page(objects("p/b"), true, "t"))
        .hasMessageContaining("makes no progress");
  }

  @Test
  void page_nothingForAThousandPages_makesNoProgress() {
    ListCursor from = ListCursor.of("p/", null);
    for (int i = 1; i < ListCursor.MAX_BARREN; i++) {
      from = from.page(List.of(), true, "t" + i).next();
    }
    ListCursor last = from;
    assertThat(last.page(objects("p/a"), true, "t").next().barren()).isZero();
    assertThatThrownBy(() -> last.page(List.of(), true, "t"))
        .hasMessageContaining("1000 pages in a row brought nothing");
  }
}
