package dev.entrepot.onboarding.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.contract.ReadingHarness;
import dev.entrepot.contract.RecordReadingContract;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.Budget;
import dev.entrepot.spi.remote.ExchangeRecorder;
import dev.entrepot.spi.remote.RemoteContext;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.source.Extract;
import dev.entrepot.spi.source.RecordSource;
import dev.entrepot.spi.source.RecordSourceFactory;
import dev.entrepot.spi.source.SourcePage;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueSourceTest extends RecordReadingContract {
  private @Nullable CatalogueShop shop;

  private CatalogueShop shop() {
    return Objects.requireNonNull(shop);
  }

  @Override
  protected RecordSourceFactory factory() {
    return shop().factory();
  }

  @Override
  protected ReadingHarness start() {
    shop = new CatalogueShop();
    return shop;
  }

  private RecordSource of(String vendor) {
    return factory()
        .open(
            Map.of("vendor", vendor),
            Fields.EMPTY,
            new RemoteContext(
                "acme/catalogue", Budget.unlimited(), ExchangeRecorder.none(), Clock.systemUTC()));
  }

  private List<String> skus(String vendor) throws InterruptedException {
    return of(vendor).read(new Extract(null, 100), null).records().stream()
        .map(shop()::key)
        .toList();
  }

  @Test
  void aProductIsGivenWithAllThatIsKnownOfIt() throws InterruptedException {
    shop().product("VEND001", "A", "published");
    Fields product = of("").read(new Extract(null, 10), null).records().getFirst();
    assertThat(product.values())
        .containsEntry("sku", "A")
        .containsEntry("vendor_product_id", "no-A")
        .containsEntry("vendor", "VEND001")
        .containsEntry("price", new BigDecimal("9.50"))
        .containsEntry("currency", "EUR")
        .containsEntry("stock_quantity", 3L)
        .containsEntry("brand", null);
    assertThat(product.fields("custom").orElseThrow().text("ean")).contains("7702001042470");
    List<String> known = factory().fields(Map.of()).stream().map(field -> field.name()).toList();
    assertThat(known)
        .containsAll(
            product.values().keySet().stream().filter(name -> !name.equals("custom")).toList());
  }

  @Test
  void onlyWhatIsPublishedIsGiven() throws InterruptedException {
    shop().product("VEND001", "A", "published");
    long later = shop().product("VEND001", "B", "scheduled");
    shop().product("VEND001", "C", "archived");
    assertThat(skus("")).containsExactly("A");
    var before = shop().change(shop().number(later));
    shop().catalogue.publish(CatalogueShop.ANNA, later);
    assertThat(
            of("").read(new Extract(before, 10), null).records().stream().map(shop()::key).toList())
        .as("what is published is a change")
        .contains("B");
  }

  @Test
  void itIsOfOneVendorOrOfAll() throws InterruptedException {
    shop().vendor("VEND001");
    shop().vendor("VEND002");
    shop().product("VEND001", "A", "published");
    shop().product("VEND002", "B", "published");
    assertThat(skus("")).containsExactly("A", "B");
    assertThat(skus("VEND002")).containsExactly("B");
    assertThat(of("VEND002").check()).first().asString().contains("VEND002", "EUR");
  }

  @Test
  void heavyProductsAreGivenInSmallPages() throws InterruptedException {
    shop().product("VEND001", "A", "published");
    shop().product("VEND001", "B", "published");
    shop().product("VEND001", "C", "published");
    shop().heavy(5_000_000);
    SourcePage first = of("").read(new Extract(null, 10), null);
    assertThat(first.records()).hasSize(1);
    SourcePage second = of("").read(new Extract(null, 10), first.next());
    assertThat(second.records()).hasSize(1);
    SourcePage last = of("").read(new Extract(null, 10), second.next());
    assertThat(shop().key(last.records().getFirst())).isEqualTo("C");
    assertThat(last.next()).isNull();
  }

  @Test
  void aVendorThatIsNotThereIsNoEmptySource() {
    RecordSource source = of("VEND009");
    assertThatExceptionOfType(RemoteException.class)
        .isThrownBy(() -> source.read(new Extract(null, 10), null))
        .withMessageContaining("VEND009")
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(RemoteException.Code.REFUSED));
    assertThatExceptionOfType(RemoteException.class).isThrownBy(source::check);
  }

  @Test
  void interruptedItReadsNothing() {
    RecordSource source = of("");
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> source.read(new Extract(null, 10), null));
    assertThat(Thread.interrupted()).isFalse();
  }
}
